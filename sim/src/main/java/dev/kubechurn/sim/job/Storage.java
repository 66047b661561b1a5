package dev.kubechurn.sim.job;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;

/** Where the shards leave their results: a claim that all of them mount. */
public sealed interface Storage {

    String claim();

    /** A claim that is there. Immutable. */
    record Existing(String claim) implements Storage {

        /**
         * A claim of that name.
         *
         * @throws JobException if it can be none
         */
        public static Existing of(String claim) throws JobException {
            JobNames.requireSubdomain("--claim", claim);
            return new Existing(claim);
        }
    }

    /**
     * A claim that is made with the Job.
     *
     * @param storageClass empty: the cluster's default
     */
    record Claimed(String claim, Quantity size, Optional<String> storageClass) implements Storage {

        /**
         * A claim for a Job.
         *
         * @throws JobException if there can be no such storage class
         */
        public static Claimed of(String job, Quantity size, Optional<String> storageClass) throws JobException {
            if (storageClass.isPresent()) {
                JobNames.requireSubdomain("--storage-class", storageClass.get());
            }
            return new Claimed(job + "-results", size, storageClass);
        }
    }
}
