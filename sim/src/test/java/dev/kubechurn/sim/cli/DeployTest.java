package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The manifests that are shipped are what the API knows, fit each other, and start what the command line knows. */
final class DeployTest {

    private static <T> T read(String yaml, Class<T> type) {
        return Serialization.unmarshal(yaml, type);
    }

    @Test
    void theJobRunsACommandThatThereIsAndNotAsRoot() throws Exception {
        Job job = read(Files.readString(Path.of("..", "deploy", "job.yaml")), Job.class);

        var pod = job.getSpec().getTemplate().getSpec();
        List<String> arguments = pod.getContainers().get(0).getArgs();
        assertThatCode(() -> Kubechurn.commandLine(new CapturedTerminal().terminal(), new Interruption())
                        .parseArgs(arguments.toArray(new String[0])))
                .doesNotThrowAnyException();
        assertThat(arguments).contains("--transport=cluster", "--yes");
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getContainers().get(0).getSecurityContext().getReadOnlyRootFilesystem())
                .isTrue();
        assertThat(pod.getAdditionalProperties()).isEmpty();
        assertThat(job.getSpec().getAdditionalProperties()).isEmpty();
        assertThat(pod.getContainers().get(0).getAdditionalProperties()).isEmpty();
    }

    @Test
    void theAccountOfTheJobMayDoWhatIsPrinted() throws Exception {
        CapturedTerminal terminal = new CapturedTerminal();
        assertThat(terminal.execute("run", "--print-rbac")).isZero();
        String[] documents = terminal.out().split("(?m)^---$", -1);
        assertThat(documents).hasSize(3);
        ServiceAccount account = read(documents[0], ServiceAccount.class);
        ClusterRole role = read(documents[1], ClusterRole.class);
        ClusterRoleBinding binding = read(documents[2], ClusterRoleBinding.class);

        Job job = read(Files.readString(Path.of("..", "deploy", "job.yaml")), Job.class);
        assertThat(job.getSpec().getTemplate().getSpec().getServiceAccountName())
                .isEqualTo(account.getMetadata().getName());
        assertThat(binding.getSubjects().get(0).getName())
                .isEqualTo(account.getMetadata().getName());
        assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
        assertThat(role.getRules())
                .allSatisfy(rule -> assertThat(rule.getVerbs()).doesNotContain("*"));
    }
}
