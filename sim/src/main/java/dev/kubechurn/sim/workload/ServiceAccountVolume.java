package dev.kubechurn.sim.workload;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;

/** The projected volume that the ServiceAccount admission adds to nearly every pod. */
final class ServiceAccountVolume {

    private static final long TOKEN_SECONDS = 3607;

    /** Shared by all pods; nobody changes it. */
    static final Volume SHARED = create();

    private ServiceAccountVolume() {}

    private static Volume create() {
        return new VolumeBuilder()
                .withName("kube-api-access")
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken()
                .withExpirationSeconds(TOKEN_SECONDS)
                .withPath("token")
                .endServiceAccountToken()
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName(ObjectCatalog.ROOT_CA)
                .addNewItem()
                .withKey("ca.crt")
                .withPath("ca.crt")
                .endItem()
                .endConfigMap()
                .endSource()
                .endProjected()
                .build();
    }
}
