package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.gate.GateException;
import dev.kubechurn.reports.result.OutputException;
import dev.kubechurn.reports.result.ResultFormatException;
import dev.kubechurn.sim.conform.VectorException;
import dev.kubechurn.sim.manifests.ManifestException;
import dev.kubechurn.sim.merge.MergeException;
import dev.kubechurn.sim.run.EnvironmentException;
import dev.kubechurn.sim.run.UnsupportedScenarioException;
import dev.kubechurn.sim.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.List;

/**
 * A failure as a person is told of it.
 *
 * @param messages one line each: what, where, and how to mend it
 */
record Failure(ExitCode exitCode, List<String> messages) {

    /** With what failed behind it, such as the clean-up: that says what is left and how to remove it. */
    static Failure of(Throwable failure) {
        Failure first = ofItself(failure);
        List<String> messages = new ArrayList<>(first.messages);
        for (Throwable behind : failure.getSuppressed()) {
            if (behind instanceof EnvironmentException) {
                messages.add(String.valueOf(behind.getMessage()));
            }
        }
        return new Failure(first.exitCode, messages);
    }

    private static Failure ofItself(Throwable failure) {
        if (failure instanceof OutputException output) {
            boolean badPath = output.reason() == OutputException.Reason.UNUSABLE_PATH;
            return told(badPath ? ExitCode.BAD_QUESTION : ExitCode.BAD_ENVIRONMENT, failure);
        }
        if (failure instanceof ScenarioException scenario) {
            return new Failure(ExitCode.BAD_QUESTION, scenario.problems());
        }
        if (failure instanceof UnsupportedScenarioException
                || failure instanceof ManifestException
                || failure instanceof GateException
                || failure instanceof MergeException
                || failure instanceof ResultFormatException
                || failure instanceof VectorException) {
            return told(ExitCode.BAD_QUESTION, failure);
        }
        if (failure instanceof EnvironmentException) {
            return told(ExitCode.BAD_ENVIRONMENT, failure);
        }
        if (failure instanceof OutOfMemoryError) {
            return new Failure(
                    ExitCode.BAD_ENVIRONMENT,
                    List.of("kubechurn: out of memory: make the scenario smaller, or raise the heap with --heap 8g"));
        }
        return new Failure(
                ExitCode.BAD_ENVIRONMENT,
                List.of("kubechurn: unexpected " + failure + "; run again with --verbose and report this bug"));
    }

    private static Failure told(ExitCode code, Throwable failure) {
        return new Failure(code, List.of(String.valueOf(failure.getMessage())));
    }
}
