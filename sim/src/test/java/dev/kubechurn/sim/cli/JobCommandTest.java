package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioReader;
import dev.kubechurn.sim.scenario.Transport;
import dev.kubechurn.sim.scenario.Variation;
import dev.kubechurn.sim.sweep.SweepPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * The manifests of a Job are those under src/test/resources, which Kubernetes knows, and which fit each other and the command
 * line. To write them anew: {@code mvn -pl sim -am test -Dtest=JobCommandTest -Dkubechurn.writeJobs
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
final class JobCommandTest {

    private static final Path FILES = Path.of("src/test/resources/dev/kubechurn/sim/job");

    /** One of each task. */
    private enum Example {
        RUN("settled --shards 4 --image registry.example/kubechurn:1.0 --seed 9 --duration 1m --set updates.rate=20/s"),
        SWEEP("strategy --sweep --vary cluster.nodes=50,200 --vary strategy=Watch,Get --seeds 3 --shards 6"
                + " --parallelism 2 --image kubechurn --claim shared --cpu 2"),
        FUZZ("--fuzz 100000 --seed 1 --minutes 60 --shards 20 --image kubechurn --namespace churn --name hunt"
                + " --storage 5Gi --storage-class nfs --memory 2Gi");

        private final String command;

        Example(String command) {
            this.command = command;
        }

        Path file() {
            return FILES.resolve(name().toLowerCase(Locale.ROOT) + ".yaml");
        }
    }

    private static String printed(String command) {
        CapturedTerminal terminal = new CapturedTerminal();
        assertThat(terminal.execute((Object[]) ("job " + command).split(" ", -1)))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.err()).isEmpty();
        return terminal.out();
    }

    private static List<HasMetadata> objects(String command) throws ReflectiveOperationException {
        return StrictManifests.read(printed(command));
    }

    private static <T> T only(List<HasMetadata> objects, Class<T> type) {
        List<T> found =
                objects.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).as(type.getSimpleName()).hasSize(1);
        return found.get(0);
    }

    private static JobSpec job(List<HasMetadata> objects) {
        return only(objects, Job.class).getSpec();
    }

    private static PodSpec pod(List<HasMetadata> objects) {
        return job(objects).getTemplate().getSpec();
    }

    private static Container container(List<HasMetadata> objects) {
        assertThat(pod(objects).getContainers()).hasSize(1);
        return pod(objects).getContainers().get(0);
    }

    private static Scenario scenario(List<HasMetadata> objects) throws Exception {
        String text = requireNonNull(only(objects, ConfigMap.class).getData().get(Scenario.FILE));
        return ScenarioReader.read(Scenario.FILE, text, Overrides.none());
    }

    @ParameterizedTest
    @EnumSource(Example.class)
    void isWhatTheFilesSay(Example task) throws Exception {
        Path file = task.file();
        String printed = printed(task.command);
        if (System.getProperty("kubechurn.writeJobs") != null) {
            Files.createDirectories(FILES);
            Files.writeString(file, printed);
        }
        assertThat(file).hasContent(printed);
        assertThat(printed(task.command)).as("again").isEqualTo(printed);
    }

    @ParameterizedTest
    @EnumSource(Example.class)
    void theObjectsNameEachOther(Example task) throws Exception {
        List<HasMetadata> objects = objects(task.command);
        String namespace = only(objects, Namespace.class).getMetadata().getName();
        assertThat(objects.get(0)).isInstanceOf(Namespace.class);
        assertThat(objects.get(objects.size() - 1)).isInstanceOf(Job.class);
        assertThat(objects)
                .filteredOn(each -> each.getMetadata().getNamespace() != null)
                .allSatisfy(
                        each -> assertThat(each.getMetadata().getNamespace()).isEqualTo(namespace));
        assertThat(pod(objects).getServiceAccountName())
                .isEqualTo(only(objects, ServiceAccount.class).getMetadata().getName());
        for (VolumeMount mount : container(objects).getVolumeMounts()) {
            assertThat(pod(objects).getVolumes())
                    .anyMatch(volume -> volume.getName().equals(mount.getName()));
        }
        assertThat(container(objects).getVolumeMounts())
                .hasSameSizeAs(pod(objects).getVolumes());
        pod(objects).getVolumes().stream()
                .filter(volume -> volume.getConfigMap() != null)
                .forEach(volume -> assertThat(volume.getConfigMap().getName())
                        .isEqualTo(only(objects, ConfigMap.class).getMetadata().getName()));
    }

    /** All but the namespace, in which other Jobs may be, carry the labels by which they are removed. */
    @ParameterizedTest
    @EnumSource(Example.class)
    void theObjectsAreLabelled(Example task) throws Exception {
        List<HasMetadata> objects = objects(task.command);
        String name = only(objects, Job.class).getMetadata().getName();
        assertThat(objects).allSatisfy(each -> {
            assertThat(each.getMetadata().getLabels()).containsEntry("app.kubernetes.io/name", "kubechurn");
            if (!(each instanceof Namespace)) {
                assertThat(each.getMetadata().getLabels()).containsEntry("app.kubernetes.io/instance", name);
            }
        });
        assertThat(job(objects).getTemplate().getMetadata().getLabels())
                .isEqualTo(only(objects, Job.class).getMetadata().getLabels());
    }

    /** What the level "restricted" of the Pod Security Standards asks for, and no write to the image. */
    @ParameterizedTest
    @EnumSource(Example.class)
    void thePodsMayDoLittle(Example task) throws Exception {
        List<HasMetadata> objects = objects(task.command);
        assertThat(only(objects, Namespace.class).getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        requireRestricted(pod(objects));
        assertThat(pod(objects).getRestartPolicy()).isEqualTo("Never");
        assertThat(pod(objects).getTerminationGracePeriodSeconds()).isEqualTo(90);
    }

    private static void requireRestricted(PodSpec pod) {
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        var container = pod.getContainers().get(0).getSecurityContext();
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getVolumes())
                .allMatch(volume -> volume.getConfigMap() != null
                        || volume.getEmptyDir() != null
                        || volume.getPersistentVolumeClaim() != null);
    }

    @ParameterizedTest
    @EnumSource(Example.class)
    void theShardsKnowWhichTheyAre(Example task) throws Exception {
        List<HasMetadata> objects = objects(task.command);
        assertThat(job(objects).getCompletionMode()).isEqualTo("Indexed");
        List<EnvVar> variables = container(objects).getEnv();
        assertThat(variables)
                .extracting(EnvVar::getName, EnvVar::getValue)
                .containsExactly(
                        tuple(ShardOptions.COUNT, job(objects).getCompletions().toString()));
    }

    @ParameterizedTest
    @EnumSource(Example.class)
    void theCommandIsOneThatThereIs(Example task) throws Exception {
        List<String> arguments = container(objects(task.command)).getArgs();
        assertThatCode(() -> Kubechurn.commandLine(new CapturedTerminal().terminal(), new Interruption())
                        .parseArgs(arguments.toArray(new String[0])))
                .doesNotThrowAnyException();
    }

    /** Kubernetes acts on the codes that say something; it must be what we say they say. */
    @ParameterizedTest
    @EnumSource(Example.class)
    void whatFailsIsTriedAgainOnlyIfThatCanHelp(Example task) throws Exception {
        List<HasMetadata> objects = objects(task.command);
        List<PodFailurePolicyRule> rules = job(objects).getPodFailurePolicy().getRules();
        assertThat(rules).extracting(PodFailurePolicyRule::getAction).containsExactly("Ignore", "FailIndex", "FailJob");
        assertThat(rules.get(0).getOnPodConditions().get(0).getType()).isEqualTo("DisruptionTarget");
        assertThat(rules.get(1).getOnExitCodes().getValues()).containsExactly(ExitCode.BAD_ANSWER.code());
        assertThat(rules.get(2).getOnExitCodes().getValues()).containsExactly(ExitCode.BAD_QUESTION.code());
        for (PodFailurePolicyRule rule : rules.subList(1, 3)) {
            assertThat(rule.getOnExitCodes().getContainerName())
                    .isEqualTo(container(objects).getName());
            assertThat(rule.getOnExitCodes().getOperator()).isEqualTo("In");
        }
        Class<?> command = task == Example.SWEEP ? SweepCommand.class : RunCommand.class;
        assertThat(command.getAnnotation(CommandLine.Command.class).exitCodeList())
                .anyMatch(line -> line.startsWith("1:failed check"))
                .anyMatch(line -> line.startsWith("2:usage error"));
    }

    @Test
    void aRunHasAllItsShardsAtOnceAndMayDoWhatItNeeds() throws Exception {
        List<HasMetadata> objects = objects(Example.RUN.command);
        assertThat(job(objects).getParallelism()).isEqualTo(4);
        assertThat(job(objects).getCompletions()).isEqualTo(4);
        assertThat(job(objects).getBackoffLimitPerIndex()).isEqualTo(1);
        assertThat(job(objects).getMaxFailedIndexes()).isZero();

        ServiceAccount account = only(objects, ServiceAccount.class);
        ClusterRole role = only(objects, ClusterRole.class);
        ClusterRoleBinding binding = only(objects, ClusterRoleBinding.class);
        assertThat(account.getAutomountServiceAccountToken()).isNull();
        assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
        assertThat(binding.getSubjects()).hasSize(1);
        assertThat(binding.getSubjects().get(0).getName())
                .isEqualTo(account.getMetadata().getName());
        assertThat(binding.getSubjects().get(0).getNamespace())
                .isEqualTo(account.getMetadata().getNamespace());
        CapturedTerminal terminal = new CapturedTerminal();
        assertThat(terminal.execute("run", "--print-rbac")).isZero();
        assertThat(role.getRules())
                .isNotEmpty()
                .isEqualTo(only(StrictManifests.read(terminal.out()), ClusterRole.class)
                        .getRules());
    }

    @Test
    void aRunRunsTheScenarioThatWasAskedFor() throws Exception {
        List<HasMetadata> objects = objects(Example.RUN.command);
        Scenario asked = ReadyMadeScenarios.read(
                "settled",
                Overrides.of(List.of("updates.rate=20/s"))
                        .withSeed(9)
                        .withDuration("1m")
                        .withTransport("cluster"));
        assertThat(scenario(objects)).isEqualTo(asked);
        assertThat(asked.spec().transport()).isEqualTo(Transport.CLUSTER);
        assertThat(only(objects, ConfigMap.class).getImmutable()).isTrue();
        assertThat(container(objects).getArgs())
                .containsExactly(
                        "run",
                        "/scenario/scenario.yaml",
                        "--transport=cluster",
                        "--yes",
                        "--run-id=settled-9",
                        "--qps=50",
                        "--out=/results/settled-9");
    }

    @Test
    void aSweepNeedsNoClusterAndGoesOnWithoutAShard() throws Exception {
        List<HasMetadata> objects = objects(Example.SWEEP.command);
        assertThat(job(objects).getParallelism()).isEqualTo(2);
        assertThat(job(objects).getCompletions()).isEqualTo(6);
        assertThat(job(objects).getBackoffLimitPerIndex()).isEqualTo(6);
        assertThat(job(objects).getMaxFailedIndexes()).isNull();
        assertThat(only(objects, ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(objects).noneMatch(each -> each instanceof ClusterRole || each instanceof ClusterRoleBinding);
    }

    /** The shards plan from the text with all defaults written out: it must be the sweep that was asked for. */
    @Test
    void aSweepSweepsWhatWasAskedFor() throws Exception {
        List<HasMetadata> objects = objects(Example.SWEEP.command);
        List<String> vary = List.of("cluster.nodes=50,200", "strategy=Watch,Get");
        SweepPlan asked = SweepPlan.of(
                overrides -> ReadyMadeScenarios.read("strategy", overrides), Overrides.none(), Variation.of(vary), 3);
        String text = scenario(objects).toYaml();
        SweepPlan planned = SweepPlan.of(
                overrides -> ScenarioReader.read(Scenario.FILE, text, overrides),
                Overrides.none(),
                Variation.of(vary),
                3);
        assertThat(planned.runs()).hasSize(12).isEqualTo(asked.runs());
        assertThat(container(objects).getArgs())
                .containsExactly(
                        "sweep",
                        "/scenario/scenario.yaml",
                        "--vary=cluster.nodes=50,200",
                        "--vary=strategy=Watch,Get",
                        "--seeds=3",
                        "--out=/results/kubechurn-sweep-strategy-42");
    }

    @Test
    void aCampaignHasNoScenario() throws Exception {
        List<HasMetadata> objects = objects(Example.FUZZ.command);
        assertThat(objects)
                .extracting(HasMetadata::getKind)
                .containsExactly("Namespace", "ServiceAccount", "PersistentVolumeClaim", "Job");
        assertThat(container(objects).getArgs())
                .containsExactly("run", "--fuzz=100000", "--seed=1", "--minutes=60", "--out=/results/hunt");
        assertThat(container(objects).getResources().getLimits()).isEqualTo(Map.of("memory", new Quantity("2", "Gi")));
    }

    @Test
    void theClaimIsMadeUnlessThereIsOne() throws Exception {
        List<HasMetadata> made = objects(Example.FUZZ.command);
        PersistentVolumeClaim claim = only(made, PersistentVolumeClaim.class);
        assertThat(claim.getMetadata().getName()).isEqualTo("hunt-results");
        assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteMany");
        assertThat(claim.getSpec().getStorageClassName()).isEqualTo("nfs");
        assertThat(claim.getSpec().getResources().getRequests()).isEqualTo(Map.of("storage", new Quantity("5", "Gi")));
        assertThat(claimOf(pod(made))).isEqualTo("hunt-results");

        List<HasMetadata> given = objects(Example.SWEEP.command);
        assertThat(given).noneMatch(PersistentVolumeClaim.class::isInstance);
        assertThat(claimOf(pod(given))).isEqualTo("shared");
    }

    private static String claimOf(PodSpec pod) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .findFirst()
                .orElseThrow();
    }

    /** The kubelet expands {@code $(NAME)} in arguments, and a doubled dollar to one. */
    @Test
    void aDollarIsADollar() throws Exception {
        CapturedTerminal terminal = new CapturedTerminal();
        int code = terminal.execute(
                "job",
                "settled",
                "--sweep",
                "--vary",
                "metadata.description='$(HOME)','$x'",
                "--shards",
                "2",
                "--image",
                "i");
        assertThat(code).as(terminal.err()).isZero();
        assertThat(container(StrictManifests.read(terminal.out())).getArgs())
                .contains("--vary=metadata.description='$$(HOME)','$$x'");
    }

    @Test
    void oneShardNeedsNoMerge() {
        assertThat(printed("settled --shards 2 --image i"))
                .contains("kubechurn merge out/settled-7 --out out/settled-7/merged\n");
        assertThat(printed("settled --shards 1 --image i")).doesNotContain("kubechurn merge");
    }

    /** The pod that the head of the manifests has somebody apply. */
    @Test
    void thePodThatCollectsIsLetIn() throws Exception {
        String yaml = Files.readString(Path.of("..", "deploy", "collect.yaml"));
        Pod pod = only(StrictManifests.read(yaml), Pod.class);
        requireRestricted(pod.getSpec());
        assertThat(claimOf(pod.getSpec())).isEqualTo("CLAIM");
        assertThat(pod.getSpec().getContainers().get(0).getImage()).isEqualTo("IMAGE");
        assertThat(printed(Example.RUN.command))
                .contains("pod/" + pod.getMetadata().getName());
    }

    static Stream<Arguments> badQuestions() {
        String rest = " --shards 2 --image i";
        return Stream.of(
                Arguments.of("--shards 2 --image i", "name a SCENARIO"),
                Arguments.of("settled --image i", "--shards"),
                Arguments.of("settled --shards 2", "--image"),
                Arguments.of("settled --shards 2 --image ", "is not an image reference"),
                Arguments.of("settled --shards x --image i", "--shards"),
                Arguments.of("settled --shards 0 --image i", "must be between 1 and 10000"),
                Arguments.of("settled --shards 10001 --image i", "must be between 1 and 10000"),
                Arguments.of("settled --shards 6 --image i", "5 nodes"),
                Arguments.of("settled --sweep --seeds 3 --shards 4 --image i", "3 runs"),
                Arguments.of("--fuzz 3 --seed 1 --shards 4 --image i", "3 scenarios"),
                Arguments.of("nowhere" + rest, "no scenario"),
                Arguments.of("nowhere/x.yaml" + rest, "nowhere/x.yaml"),
                Arguments.of("settled --set cluster.nods=3" + rest, "nods"),
                Arguments.of("settled --duration 3x" + rest, "duration"),
                Arguments.of("settled --manifests app" + rest, "--manifests"),
                Arguments.of("settled --fuzz 3 --seed 1" + rest, "--fuzz generates"),
                Arguments.of("--fuzz 3 --seed 1 --set cluster.nodes=3" + rest, "--fuzz generates"),
                Arguments.of("--fuzz 3 --seed 1 --sweep" + rest, "--fuzz generates"),
                Arguments.of("--fuzz 3 --seed 1 --seeds 2" + rest, "--fuzz generates"),
                Arguments.of("--fuzz 3" + rest, "--seed"),
                Arguments.of("--fuzz 0 --seed 1" + rest, "must be at least 1"),
                Arguments.of("--fuzz 3 --seed 1 --minutes 0" + rest, "must be at least 1"),
                Arguments.of("--fuzz 3 --seed 1 --qps 5" + rest, "--qps"),
                Arguments.of("settled --minutes 3" + rest, "--minutes needs --fuzz"),
                Arguments.of("settled --vary cluster.nodes=3,4" + rest, "need --sweep"),
                Arguments.of("settled --seeds 3" + rest, "need --sweep"),
                Arguments.of("settled --sweep" + rest, "nothing varies"),
                Arguments.of("settled --sweep --seeds 0" + rest, "--seeds"),
                Arguments.of("settled --sweep --seeds 10001" + rest, "more than 10000 runs"),
                Arguments.of("settled --sweep --vary cluster.nodes=3,x" + rest, "cluster.nodes=x"),
                Arguments.of("settled --sweep --seeds 3 --run-id a" + rest, "--run-id"),
                Arguments.of("settled --run-id A" + rest, "--run-id \"A\""),
                Arguments.of("settled --qps 0" + rest, "--qps must be at least 1, not 0"),
                Arguments.of("settled --parallelism 1" + rest, "--parallelism needs"),
                Arguments.of(
                        "settled --sweep --seeds 3 --parallelism 3" + rest,
                        "--parallelism must be between 1 and the number of shards, 2, not 3"),
                Arguments.of(
                        "settled --sweep --seeds 3 --parallelism 0" + rest,
                        "--parallelism must be between 1 and the number of shards, 2, not 0"),
                Arguments.of("settled --namespace A" + rest, "--namespace \"A\""),
                Arguments.of("settled --namespace default" + rest, "--namespace default"),
                Arguments.of("settled --name a.b" + rest, "--name \"a.b\""),
                Arguments.of("settled --name " + "a".repeat(58) + rest, "at most 57"),
                Arguments.of("settled --claim A" + rest, "--claim \"A\""),
                Arguments.of("settled --claim a --storage 1Gi" + rest, "--claim cannot be combined"),
                Arguments.of("settled --claim a --storage-class b" + rest, "--claim cannot be combined"),
                Arguments.of("settled --storage-class A" + rest, "--storage-class \"A\""),
                Arguments.of("settled --storage 1x" + rest, "--storage \"1x\""),
                Arguments.of("settled --memory 1K" + rest, "--memory \"1K\""),
                Arguments.of("settled --memory 2" + rest, "at least 256Mi"),
                Arguments.of("settled --cpu one" + rest, "--cpu \"one\""),
                Arguments.of(
                        "steady-churn --sweep --vary cluster.nodes=5,20000 --memory 1Gi" + rest,
                        "--memory 1Gi is too little"),
                Arguments.of("apiserver-restart" + rest, "is not supported on a real cluster"),
                Arguments.of("settled --set updates.deletions=5%" + rest, "updates.deletions"));
    }

    @ParameterizedTest
    @MethodSource("badQuestions")
    void aBadQuestionGetsOneLine(String command, String said) {
        CapturedTerminal terminal = new CapturedTerminal();
        List<Object> arguments = new ArrayList<>(List.of("job"));
        arguments.addAll(Arrays.asList(command.split(" ", -1)));
        assertThat(terminal.execute(arguments.toArray())).as(terminal.err()).isEqualTo(2);
        assertThat(terminal.errLines())
                .singleElement()
                .asString()
                .contains(said)
                .doesNotContain("Exception");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void strictReadingFindsWhatKubernetesDoesNotKnow() {
        String job = printed(Example.RUN.command).replace("emptyDir:", "emptyDri:");
        assertThatThrownBy(() -> StrictManifests.read(job)).isInstanceOf(AssertionError.class);
    }
}
