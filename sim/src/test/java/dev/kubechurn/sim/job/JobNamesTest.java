package dev.kubechurn.sim.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.sim.run.ClusterAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JobNamesTest {

    private static final String LONG = "a".repeat(63);

    @Test
    void anIdSaysTheScenarioAndTheSeed() {
        assertThat(JobNames.id("settled", 7)).isEqualTo("settled-7");
        assertThat(JobNames.id("settled", -7)).isEqualTo("settled--7");
    }

    @Test
    void whatIsTooLongEndsInAHashOfAllOfIt() {
        String id = JobNames.id(LONG, 7);
        assertThat(id).hasSize(32).startsWith("aaaa").isEqualTo(JobNames.id(LONG, 7));
        assertThat(id).isNotEqualTo(JobNames.id(LONG, 8)).isNotEqualTo(JobNames.id("a".repeat(62), 7));
        assertThat(JobNames.id("a".repeat(24) + "-----------b", 7)).matches("a{24}-[0-9a-f]{6}");
    }

    /** Whatever the scenario and the seed: the run takes it, and a Job may be called so. */
    @ParameterizedTest
    @CsvSource({"a,0", "a,-9223372036854775808", "0-0,9223372036854775807"})
    void everyIdIsOneForARunAndForAJob(String scenario, long seed) throws Exception {
        for (String name : new String[] {scenario, scenario + "-".repeat(40) + "b", LONG}) {
            String id = JobNames.id(name, seed);
            assertThatCode(() -> ClusterAccess.requireRunId(id)).doesNotThrowAnyException();
            JobNames.requireJob("kubechurn-sweep-" + id);
        }
    }

    @Test
    void theNameOfAJobLeavesRoomForThatOfItsPods() throws Exception {
        JobNames.requireJob("a".repeat(57));
        assertThatThrownBy(() -> JobNames.requireJob("a".repeat(58)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("at most 57");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a_b", "-a", "a-", "a.b", "a b", "a\nb", "ä"})
    void whatIsNoLabelIsRefused(String name) {
        assertThatThrownBy(() -> JobNames.requireJob(name)).isInstanceOf(JobException.class);
        assertThatThrownBy(() -> JobNames.requireNamespace(name))
                .isInstanceOf(JobException.class)
                .message()
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "kube-system", "kube-public"})
    void aNamespaceThatIsEverybodysIsNotRestricted(String name) {
        assertThatThrownBy(() -> JobNames.requireNamespace(name)).isInstanceOf(JobException.class);
    }

    @Test
    void aClaimMayHaveDots() throws Exception {
        JobNames.requireSubdomain("--claim", "a.b-c.0");
        assertThatThrownBy(() -> JobNames.requireSubdomain("--claim", "a..b")).isInstanceOf(JobException.class);
        assertThatThrownBy(() -> JobNames.requireSubdomain("--claim", ("a".repeat(63) + ".").repeat(4)))
                .isInstanceOf(JobException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubechurn",
                "kubechurn:1.0",
                "registry.example:5000/team/kubechurn@sha256:0123456789abcdef",
                "10.0.0.1:5000/Kube_churn"
            })
    void imagesAreTaken(String image) throws Exception {
        JobNames.requireImage(image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " kubechurn", "kubechurn ", "a b", "a\nb", "a|b", "a'b", "/a"})
    void whatIsNoImageIsRefused(String image) {
        assertThatThrownBy(() -> JobNames.requireImage(image)).isInstanceOf(JobException.class);
    }
}
