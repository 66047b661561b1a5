package dev.kubechurn.sim.fuzz;

import dev.kubechurn.sim.shard.Shard;

/**
 * Which scenarios are to be drawn: those of {@code count} seeds, or of every N-th of them. Immutable.
 *
 * @param version of the program that draws them: another one may draw others
 * @param shard the part of them that one process does
 */
public record Campaign(String version, long firstSeed, long count, Shard shard) {

    /** How many scenarios this part has. */
    public long size() {
        return shard.share(count);
    }

    /** The seed of one of them, from 0 on. */
    public long seed(long number) {
        return firstSeed + shard.index() + number * shard.count();
    }

    /** The campaign that this is a part of. */
    public Campaign whole() {
        return new Campaign(version, firstSeed, count, Shard.WHOLE);
    }
}
