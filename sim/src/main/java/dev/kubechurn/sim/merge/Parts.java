package dev.kubechurn.sim.merge;

import dev.kubechurn.sim.shard.Shard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What all shards of one thing wrote: none is missing and none is there twice. Immutable.
 *
 * @param all by their shards' numbers
 */
record Parts<T>(List<Part<T>> all) {

    /**
     * What one shard wrote.
     *
     * @param source for people
     */
    record Part<T>(Path source, Shard shard, T content) {

        /** For people: {@code shard 1/4 (out/x)}. */
        String title() {
            return "shard " + shard + " (" + source + ")";
        }
    }

    /**
     * Puts them into their order.
     *
     * @throws MergeException if they are parts of different divisions, or one is missing or there twice
     */
    static <T> Parts<T> of(List<Part<T>> given) {
        List<Part<T>> parts = new ArrayList<>(given);
        parts.sort(Comparator.comparingInt(part -> part.shard().index()));
        int count = parts.get(0).shard().count();
        for (Part<T> part : parts) {
            if (part.shard().count() != count) {
                throw new MergeException(parts.get(0).title() + " and " + part.title()
                        + " have different numbers of shards; give the shards of one run");
            }
        }
        for (int i = 1; i < parts.size(); i++) {
            if (parts.get(i).shard().equals(parts.get(i - 1).shard())) {
                throw new MergeException("shard " + parts.get(i).shard() + " is given twice: "
                        + parts.get(i - 1).source() + " and " + parts.get(i).source() + "; remove one of them");
            }
        }
        if (parts.size() < count) {
            List<Integer> there =
                    parts.stream().map(part -> part.shard().index()).toList();
            List<String> missing = IntStream.range(0, count)
                    .filter(index -> !there.contains(index))
                    .mapToObj(index -> new Shard(index, count).toString())
                    .toList();
            throw new MergeException((missing.size() == 1 ? "shard " : "shards ")
                    + missing.stream().collect(Collectors.joining(", "))
                    + (missing.size() == 1 ? " is missing" : " are missing") + "; give the directories of all "
                    + count);
        }
        return new Parts<>(List.copyOf(parts));
    }

    Part<T> first() {
        return all.get(0);
    }

    /** What each wrote. */
    List<T> contents() {
        return all.stream().map(Part::content).toList();
    }
}
