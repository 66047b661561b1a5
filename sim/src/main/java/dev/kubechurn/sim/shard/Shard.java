package dev.kubechurn.sim.shard;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the parts into which several processes divide something that has numbers: part {@code index} has all numbers that
 * leave {@code index} when divided by {@code count}. Immutable.
 *
 * @param index from 0 on, as the completion indexes of a Job are
 * @param count of all parts
 */
public record Shard(int index, int count) {

    /** All of it. */
    public static final Shard WHOLE = new Shard(0, 1);

    /** More are a mistake: one process carries thousands of watches. */
    public static final int MOST = 10_000;

    /** What a result says of the part it is, of the run that it is a part of, and of what all parts have in common. */
    public static final String FACT = "shard";

    public static final String RUN = "run";
    public static final String FINGERPRINT = "fingerprint";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})/([0-9]{1,5})");
    private static final Pattern DIRECTORY = Pattern.compile("shard-([0-9]{1,5})-of-([0-9]{1,5})");

    public Shard {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("the number of shards must be between 1 and " + MOST + ", not " + count);
        }
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException(
                    "shard " + index + " does not exist: " + count + " shards are numbered 0 to " + (count - 1));
        }
    }

    /**
     * Reads {@code I/N}.
     *
     * @throws IllegalArgumentException if it is none, saying why
     */
    public static Shard parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a shard: write it as I/N, such as 0/4 for the first of four");
        }
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** The shard that writes into a directory of this name; empty: it is none of theirs. */
    public static Optional<Shard> ofDirectory(String name) {
        Matcher matcher = DIRECTORY.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Whether it is all there is. */
    public boolean isWhole() {
        return count == 1;
    }

    /** Whether this part has that number. */
    public boolean owns(long number) {
        return number % count == index;
    }

    /** How many of the numbers below {@code all} this part has. */
    public long share(long all) {
        return (all - index + count - 1) / count;
    }

    /** The name of the directory that it writes into, beside those of the others. */
    public String directory() {
        return "shard-" + index + "-of-" + count;
    }

    /** {@code I/N}. */
    @Override
    public String toString() {
        return index + "/" + count;
    }
}
