package dev.kubechurn.sim.apiserver;

import java.util.List;

/**
 * The answer to a list: a consistent state of the store.
 *
 * @param revision the resourceVersion of the state
 * @param items in the order of namespace and name
 * @param continueToken where to go on; empty when nothing is left
 * @param remainingItems how many are left; -1 when unknown, as with selectors
 */
public record ListResult(long revision, List<StoredObject> items, String continueToken, long remainingItems) {

    private static final String KIND = "{\"kind\":\"";
    private static final String REVISION = "List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"";
    private static final String ITEMS = "\"},\"items\":[";
    private static final String TAIL = "]}";

    public ListResult {
        items = List.copyOf(items);
    }

    /** The whole answer as a kube-apiserver encodes it. */
    public String json(Resource resource) {
        StringBuilder json = new StringBuilder(head(resource));
        for (int i = 0; i < items.size(); i++) {
            json.append(i == 0 ? "" : ",").append(items.get(i).json());
        }
        return json.append(TAIL).toString();
    }

    /** The length of {@link #json} in UTF-8, without making it. */
    public int utf8Bytes(Resource resource) {
        int bytes = headBytes(resource) + Math.max(0, items.size() - 1) + TAIL.length();
        for (StoredObject item : items) {
            bytes += item.utf8Bytes();
        }
        return bytes;
    }

    /** All of it is ASCII. A list of one object, as kubelets ask for, needs no text to be measured. */
    private int headBytes(Resource resource) {
        if (continueToken.isEmpty() && remainingItems < 0) {
            return KIND.length() + resource.kind().length() + REVISION.length() + digits(revision) + ITEMS.length();
        }
        return head(resource).length();
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private String head(Resource resource) {
        return KIND + resource.kind() + REVISION + revision + "\""
                + (continueToken.isEmpty() ? "" : ",\"continue\":\"" + continueToken + "\"")
                + (remainingItems < 0 ? "" : ",\"remainingItemCount\":" + remainingItems)
                + "},\"items\":[";
    }
}
