package dev.kubechurn.sim.job;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;

/**
 * Who the shards are for the API server, and what they may do there.
 *
 * @param settings whose Job it is
 */
record JobAccount(JobSettings settings) {

    /** One that needs no cluster gets no token for it. */
    List<HasMetadata> objects(Task task, List<PolicyRule> rules) {
        return task.needsCluster() ? List.of(account(true), role(rules), binding()) : List.of(account(false));
    }

    private ServiceAccount account(boolean token) {
        ServiceAccountBuilder account =
                new ServiceAccountBuilder().withMetadata(JobLabels.metadata(settings, settings.name()));
        return (token ? account : account.withAutomountServiceAccountToken(false)).build();
    }

    private HasMetadata role(List<PolicyRule> rules) {
        return new ClusterRoleBuilder()
                .withMetadata(clusterWide())
                .withRules(rules)
                .build();
    }

    private HasMetadata binding() {
        return new ClusterRoleBindingBuilder()
                .withMetadata(clusterWide())
                .withNewRoleRef()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind("ClusterRole")
                .withName(clusterWide().getName())
                .endRoleRef()
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(settings.name())
                .withNamespace(settings.namespace())
                .endSubject()
                .build();
    }

    /** No namespace keeps Jobs of one name apart here, so that the name must say it; ':' is in neither part. */
    private ObjectMeta clusterWide() {
        return new ObjectMetaBuilder()
                .withName("kubechurn:" + settings.namespace() + ":" + settings.name())
                .withLabels(JobLabels.of(settings))
                .build();
    }
}
