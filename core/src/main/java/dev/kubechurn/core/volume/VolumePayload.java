package dev.kubechurn.core.volume;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All files of one volume, by path. Immutable.
 *
 * @param files sorted by path (code units); paths are relative, clean (V9) and never lead out of the volume
 */
public record VolumePayload(SortedMap<String, VolumeFile> files) {

    private static final VolumePayload EMPTY = new VolumePayload(Collections.emptySortedMap());

    /** @throws IllegalArgumentException if a path is not clean or leads out of the volume */
    public VolumePayload {
        SortedMap<String, VolumeFile> copy = new TreeMap<>();
        copy.putAll(files); // in linear time where they come in this order
        for (String path : copy.keySet()) {
            if (!VolumePath.isClean(path)) {
                throw new IllegalArgumentException("path " + VolumePath.quoted(path)
                        + " is not clean: it must be relative, without \"..\", \".\" and double slashes");
            }
        }
        files = Collections.unmodifiableSortedMap(copy);
    }

    /** The payload of a volume without files. */
    public static VolumePayload empty() {
        return EMPTY;
    }

    /** Paths, sizes and modes; no content. */
    @Override
    public String toString() {
        return "VolumePayload" + files;
    }
}
