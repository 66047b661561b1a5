package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * What one entry of a watching store looks like at one moment, for checks and for people who debug.
 *
 * @param references how many registered pods name the object
 * @param synced whether reads are answered from memory
 * @param stopped whether nothing follows the server: idle (S12), immutable (S7) or shut down (S14); one that is not
 *     holds a watch open once nothing is under way any more
 * @param immutable whether a read has noticed that the object is immutable (S7)
 * @param resourceVersion of the value that reads give; null when there is none
 */
public record EntryState(
        ObjectKey key,
        int references,
        boolean synced,
        boolean stopped,
        boolean immutable,
        @Nullable String resourceVersion) {}
