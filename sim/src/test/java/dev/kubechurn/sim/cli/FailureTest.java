package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.run.EnvironmentException;
import org.junit.jupiter.api.Test;

final class FailureTest {

    @Test
    void aFailureWithinTheRunIsTheEnvironmentsAndKeepsItsMessage() {
        Failure told = Failure.of(new IllegalStateException("a timer or an API callback failed: boom"));
        assertThat(told.exitCode()).isEqualTo(ExitCode.BAD_ENVIRONMENT);
        assertThat(told.exitCode().code()).isEqualTo(3);
        assertThat(told.messages())
                .singleElement()
                .asString()
                .contains("a timer or an API callback failed: boom", "--verbose");
    }

    @Test
    void whatTheCleanUpLeftIsSaidToo() {
        EnvironmentException ended = new EnvironmentException("the server is gone");
        ended.addSuppressed(new EnvironmentException("namespaces are left; run kubechurn cleanup"));
        ended.addSuppressed(new IllegalStateException("of no interest"));

        assertThat(Failure.of(ended).messages())
                .containsExactly("the server is gone", "namespaces are left; run kubechurn cleanup");
    }
}
