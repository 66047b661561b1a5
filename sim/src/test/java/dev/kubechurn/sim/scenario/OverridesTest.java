package dev.kubechurn.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {

    @Test
    void setsFieldsAtAnyDepth() throws ScenarioException {
        Scenario scenario = steady(
                "pods.perNode=10",
                "updates.rate=20/s",
                "metadata.name=mine",
                "spec.cluster.nodes=3",
                "configMaps.size={exponential: 2Ki}",
                "apiServer.watchCache.events=5..6",
                "kubernetesVersion=1.30");
        assertThat(scenario.metadata().name()).isEqualTo("mine");
        assertThat(scenario.spec().pods().perNode()).isEqualTo(10);
        assertThat(scenario.spec().updates().rate()).isEqualTo(Rate.perSecond(20));
        assertThat(scenario.spec().cluster()).isEqualTo(new ScenarioSpec.Cluster(3, 5));
        assertThat(scenario.spec().configMaps().size()).isEqualTo(new Distribution.Exponential(2048));
        assertThat(scenario.spec().apiServer().watchCache().events()).isEqualTo(new Range(5, 6));
        assertThat(scenario.spec().kubernetesVersion()).isEqualTo("1.30");
    }

    @Test
    void theLastWordOnAFieldStandsAndTheRestIsKept() throws ScenarioException {
        Scenario scenario = steady("pods.perNode=10", "pods={perNode: 7}", "pods.perNode=8");
        assertThat(scenario.spec().pods().perNode()).isEqualTo(8);
        Scenario other = ReadyMadeScenarios.read(
                ReadyMadeScenarios.DEFAULT,
                Overrides.of(List.of("seed=1", "duration=9s"))
                        .withSeed(2)
                        .withDuration(Duration.ofSeconds(8))
                        .withTransport("virtual"));
        assertThat(other.spec().seed()).isEqualTo(2);
        assertThat(other.spec().duration()).isEqualTo(Duration.ofSeconds(8));
        assertThat(other.spec().transport()).isEqualTo(Transport.VIRTUAL);
        assertThat(other.spec().pods()).isEqualTo(steady().spec().pods());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            pods.perNod=3       | --set pods.perNod=3: unknown field "pods.perNod"; did you mean "perNode"?
            duratoin=3s         | --set duratoin=3s: unknown field "duratoin"; did you mean "duration"?
            pods.perNode=x      | --set pods.perNode=x: "pods.perNode": "x" is text; it must be a whole number
            pods.perNode=       | --set pods.perNode=: "pods.perNode" is empty; it must be a whole number
            updates.rate=-1/s   | --set updates.rate=-1/s: "updates.rate": "-1/s" is negative; a rate is 0/s or more
            pods.perNode        | --set pods.perNode: has no value; write it like pods.perNode=10
            pods..perNode=3     | --set pods..perNode=3: "pods..perNode" is not a path; write it like pods.perNode=10
            =3                  | --set =3: "" is not a path; write it like pods.perNode=10
            pods={perNode: 3    | --set pods={perNode: 3: the value is not YAML
            cluster.nodes.x=3   | --set cluster.nodes.x=3: "cluster.nodes" is a mapping; it must be a whole number
            warmup=1h           | --set warmup=1h: "warmup" is 1h, but must be shorter than the duration of 20s
            duration=2s         | --set duration=2s: "warmup" is 5s, but must be shorter than the duration of 2s
            faults=[{at: 9s}]   | --set faults=[{at: 9s}]: "faults[0]" has no fault; add one of dropWatches, compact
            """)
    void namesTheOptionThatIsWrong(String setting, String message) {
        assertThat(catchThrowableOfType(ScenarioException.class, () -> steady(setting))
                        .problems())
                .singleElement()
                .asString()
                .startsWith(message);
    }

    @Test
    void namesTheTypedOption() {
        Overrides overrides = Overrides.none().withDuration("fast");
        assertThat(catchThrowableOfType(
                                ScenarioException.class,
                                () -> ReadyMadeScenarios.read(ReadyMadeScenarios.DEFAULT, overrides))
                        .getMessage())
                .isEqualTo("--duration fast: \"duration\": \"fast\" is not a duration; write it like 90s, 1m30s or 2h");
    }

    private static Scenario steady(String... settings) throws ScenarioException {
        return ReadyMadeScenarios.read(ReadyMadeScenarios.DEFAULT, Overrides.of(List.of(settings)));
    }
}
