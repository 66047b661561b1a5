package dev.kubechurn.bench;

import dev.kubechurn.core.api.ObjectKey;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The keys of a benchmark's objects, and the order in which they are asked for. As many namespaces as objects in each, so
 * that neither is few: 10, 100 or 1,000 of 100, 10,000 or 1,000,000 objects. Immutable.
 */
final class Keys {

    /** A power of two, and far more than a cache holds of what it leads to. */
    private static final int ASKED = 1 << 20;

    private static final double EXPONENT = 1.1;

    private final ObjectKey[] all;
    private final String[] namespaces;
    private final String[] names;
    private final ObjectKey[] asked;

    /**
     * @param equal whether the keys that are asked for are equal to those of the objects but other instances, as when a
     *     name is read from another pod; if not, they are the same
     * @param zipf whether some are asked for much more often (Zipf's law, exponent 1.1); if not, all alike
     */
    Keys(int objects, boolean equal, boolean zipf) {
        int groups = (int) Math.sqrt(objects);
        all = new ObjectKey[objects];
        for (int i = 0; i < objects; i++) {
            all[i] = new ObjectKey("namespace-" + i % groups, "config-" + i);
        }
        SplittableRandom random = new SplittableRandom(42);
        ObjectKey[] instances = equal ? copies(all) : all;
        int[] order = order(objects, zipf, random);
        asked = new ObjectKey[ASKED];
        namespaces = new String[ASKED];
        names = new String[ASKED];
        for (int i = 0; i < ASKED; i++) {
            asked[i] = instances[order[i]];
            namespaces[i] = asked[i].namespace();
            names[i] = asked[i].name();
        }
    }

    /** Equal keys with strings of their own, whose hash is known as that of a name that was read before. */
    private static ObjectKey[] copies(ObjectKey[] keys) {
        ObjectKey[] copies = new ObjectKey[keys.length];
        for (int i = 0; i < keys.length; i++) {
            copies[i] = new ObjectKey(copy(keys[i].namespace()), copy(keys[i].name()));
            if (copies[i].hashCode() != keys[i].hashCode()) {
                throw new IllegalStateException("equal keys have different hash codes");
            }
        }
        return copies;
    }

    @SuppressWarnings("StringOperationCanBeSimplified") // another instance is the point
    private static String copy(String text) {
        return new String(text.toCharArray());
    }

    private static int[] order(int objects, boolean zipf, SplittableRandom random) {
        int[] order = new int[ASKED];
        double[] upTo = zipf ? shares(objects) : new double[0];
        int[] place = shuffled(objects, random);
        for (int i = 0; i < ASKED; i++) {
            order[i] = place[zipf ? rank(upTo, random.nextDouble()) : random.nextInt(objects)];
        }
        return order;
    }

    private static double[] shares(int objects) {
        double[] upTo = new double[objects];
        double sum = 0;
        for (int i = 0; i < objects; i++) {
            sum += StrictMath.pow(i + 1, -EXPONENT);
            upTo[i] = sum;
        }
        return upTo;
    }

    private static int rank(double[] upTo, double share) {
        int found = Arrays.binarySearch(upTo, share * upTo[upTo.length - 1]);
        return Math.min(upTo.length - 1, found < 0 ? -1 - found : found);
    }

    /** The popular ones do not lie side by side. */
    private static int[] shuffled(int objects, SplittableRandom random) {
        int[] place = new int[objects];
        for (int i = 0; i < objects; i++) {
            int other = random.nextInt(i + 1);
            place[i] = place[other];
            place[other] = i;
        }
        return place;
    }

    int objects() {
        return all.length;
    }

    ObjectKey key(int object) {
        return all[object];
    }

    /** The keys in the order in which they are asked for, over and over. */
    ObjectKey asked(int turn) {
        return asked[turn & (ASKED - 1)];
    }

    String askedNamespace(int turn) {
        return namespaces[turn & (ASKED - 1)];
    }

    String askedName(int turn) {
        return names[turn & (ASKED - 1)];
    }
}
