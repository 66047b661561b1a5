package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How lists are answered: selection, pages, and states of the past. Guarded by the store's lock. */
final class Lists {

    private final History history;

    Lists(History history) {
        this.history = history;
    }

    /** Where a page goes on: in the state of a revision, after a key. */
    private record Position(long revision, ObjectKey after) {

        String token() {
            String text = revision + "/" + after.namespace() + "/" + after.name();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        static Position parse(String token) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
                String[] parts = text.split("/", -1);
                if (parts.length == 3) {
                    return new Position(Long.parseLong(parts[0]), new ObjectKey(parts[1], parts[2]));
                }
            } catch (IllegalArgumentException unreadable) {
                // falls through: the same answer as for a wrong number of parts
            }
            throw ApiStatusException.badRequest("continue key is not valid");
        }
    }

    /**
     * @param objects the resource's objects now
     * @param current the revision now
     */
    ListResult list(ListRequest request, ObjectTable objects, long current) {
        if (!request.continueToken().isEmpty()) {
            return continued(request, objects.sorted(), current);
        }
        ResourceVersions.requireReached(request.resourceVersion(), current);
        long wanted = ResourceVersions.parse(request.resourceVersion());
        long revision = isExact(request, wanted) ? wanted : current;
        long compacted = history.compactedRevision(request.selection().resource());
        if (revision < current && revision < compacted) {
            throw ApiStatusException.expired(revision, compacted);
        }
        @Nullable ObjectKey exact = request.selection().exactKey();
        if (exact != null && revision == current && request.limit() == 0) {
            return only(request, objects.find(request.selection(), exact), revision);
        }
        return page(request, range(request.selection(), at(request, revision, objects.sorted(), current)), revision);
    }

    /** The one object that can be in the answer: what kubelets ask for, with one look into the map. */
    private static ListResult only(ListRequest request, @Nullable ObjectPlace place, long revision) {
        @Nullable StoredObject object = place == null ? null : place.object();
        boolean there = object != null && request.selection().matches(object);
        return new ListResult(revision, there ? List.of(object) : List.of(), "", -1);
    }

    private ListResult continued(ListRequest request, NavigableMap<ObjectKey, StoredObject> present, long current) {
        if (!request.resourceVersion().isEmpty() && !request.resourceVersion().equals("0")) {
            throw ApiStatusException.badRequest("specifying resource version is not allowed when using continue");
        }
        Position position = Position.parse(request.continueToken());
        if (position.revision() > current) {
            throw ApiStatusException.badRequest("continue key is not valid");
        }
        long compacted = history.compactedRevision(request.selection().resource());
        if (position.revision() < current && position.revision() < compacted) {
            throw ApiStatusException.expiredContinue();
        }
        NavigableMap<ObjectKey, StoredObject> state = at(request, position.revision(), present, current);
        NavigableMap<ObjectKey, StoredObject> range = range(request.selection(), state);
        return page(request, range.tailMap(position.after(), false), position.revision());
    }

    /** A version with a limit and without a match has meant exactly that version since before there was a match. */
    private static boolean isExact(ListRequest request, long wanted) {
        return switch (request.match()) {
            case "Exact" -> wanted > 0 ? true : refuseMatch("Exact needs a resourceVersion other than 0");
            case "NotOlderThan" ->
                request.resourceVersion().isEmpty() ? refuseMatch("NotOlderThan needs a resourceVersion") : false;
            case "" -> wanted > 0 && request.limit() > 0;
            default -> refuseMatch("\"" + request.match() + "\" is not one of Exact, NotOlderThan");
        };
    }

    private static boolean refuseMatch(String why) {
        throw ApiStatusException.badRequest("resourceVersionMatch: " + why);
    }

    private NavigableMap<ObjectKey, StoredObject> at(
            ListRequest request, long revision, NavigableMap<ObjectKey, StoredObject> present, long current) {
        if (revision == current) {
            return present;
        }
        NavigableMap<ObjectKey, StoredObject> past = new TreeMap<>(present);
        history.undo(request.selection().resource(), revision, past);
        return past;
    }

    private static NavigableMap<ObjectKey, StoredObject> range(
            Selection selection, NavigableMap<ObjectKey, StoredObject> state) {
        @Nullable ObjectKey exact = selection.exactKey();
        if (exact != null) {
            return state.subMap(exact, true, exact, true);
        }
        String namespace = selection.scope();
        return namespace.isEmpty()
                ? state
                : state.subMap(new ObjectKey(namespace, ""), true, new ObjectKey(namespace + "\0", ""), false);
    }

    private static ListResult page(ListRequest request, NavigableMap<ObjectKey, StoredObject> range, long revision) {
        List<StoredObject> items = new ArrayList<>();
        long left = 0;
        for (StoredObject object : range.values()) {
            if (!request.selection().matches(object)) {
                continue;
            }
            if (request.limit() == 0 || items.size() < request.limit()) {
                items.add(object);
            } else {
                left++;
            }
        }
        if (left == 0) {
            return new ListResult(revision, items, "", -1);
        }
        String token = new Position(revision, items.get(items.size() - 1).key()).token();
        return new ListResult(revision, items, token, request.selection().hasSelectors() ? -1 : left);
    }
}
