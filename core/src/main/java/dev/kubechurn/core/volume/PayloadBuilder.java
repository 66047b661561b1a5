package dev.kubechurn.core.volume;

import static java.util.Objects.requireNonNullElse;

import dev.kubechurn.core.store.LookupError;
import io.fabric8.kubernetes.api.model.KeyToPath;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers the files of one volume, source by source, and looks at their paths at the end (V8). For one thread. */
final class PayloadBuilder {

    private record Candidate(String path, VolumeFile file) {}

    private final int defaultMode;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<VolumeError> errors = new ArrayList<>();

    PayloadBuilder(int defaultMode) {
        this.defaultMode = defaultMode;
    }

    /** Adds what one source gives; after an error the next sources are still looked at, as the kubelet does. */
    void add(ObjectProjection projection, Fetched answer) {
        if (answer instanceof Fetched.Found found) {
            addFiles(projection, found.content());
        } else if (answer instanceof Fetched.Failed failed && !(failed.error() instanceof LookupError.NotFound)) {
            errors.add(new VolumeError.Lookup(failed.error()));
        } else if (projection.optional()) {
            addFiles(projection, ObjectContent.NOTHING);
        } else if (answer instanceof Fetched.Failed failed) {
            errors.add(new VolumeError.NotFound(failed.error().message()));
        } else {
            ObjectName object = projection.object();
            errors.add(VolumeError.NotFound.of(object.kind(), object.name()));
        }
    }

    private void addFiles(ObjectProjection projection, ObjectContent content) {
        try {
            if (projection.items().isEmpty()) {
                content.forEach(bitsOf(defaultMode), this::addFile);
            } else {
                addItems(projection, content);
            }
        } catch (NotBase64Exception e) {
            // The kubelet could not have decoded such an object: for it the request failed.
            ObjectName object = projection.object();
            errors.add(new VolumeError.Lookup(new LookupError.Unavailable(
                    object.kind().singular() + " \"" + object.name() + "\": " + e.getMessage())));
        }
    }

    private void addItems(ObjectProjection projection, ObjectContent content) throws NotBase64Exception {
        for (KeyToPath item : projection.items()) {
            String key = requireNonNullElse(item.getKey(), "");
            VolumeFile file = content.file(key, bitsOf(requireNonNullElse(item.getMode(), defaultMode)));
            if (file != null) {
                addFile(requireNonNullElse(item.getPath(), ""), file);
            } else if (!projection.optional()) {
                errors.add(new VolumeError.MissingKey(projection.object().kind(), key));
                return;
            }
        }
    }

    /** The API allows no other bits; where they come from elsewhere they have no effect on a kubelet's files either. */
    private static int bitsOf(int mode) {
        return mode & VolumeFile.PERMISSION_BITS;
    }

    private void addFile(String path, VolumeFile file) {
        candidates.add(new Candidate(path, file));
    }

    PayloadResult build() {
        if (!errors.isEmpty()) {
            return new PayloadResult.Failed(errors.size() == 1 ? errors.get(0) : new VolumeError.Several(errors));
        }
        SortedMap<String, VolumeFile> files = new TreeMap<>();
        for (Candidate candidate : candidates) {
            String problem = VolumePath.problem(candidate.path());
            if (problem != null) {
                return new PayloadResult.Failed(new VolumeError.InvalidPath(candidate.path(), problem));
            }
            files.put(VolumePath.clean(candidate.path()), candidate.file());
        }
        return new PayloadResult.Ready(new VolumePayload(files));
    }
}
