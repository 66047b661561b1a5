package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.sim.shard.Shard;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which part of it this process does. */
final class ShardOptions {

    /** Set by Kubernetes in the pods of an Indexed Job. */
    static final String INDEX = "JOB_COMPLETION_INDEX";

    static final String COUNT = "KUBECHURN_SHARDS";

    private final Map<String, String> variables;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description =
                    "Run part I of N, counting from 0/N; combine the parts with kubechurn merge. Default: from the variables "
                            + INDEX + " and " + COUNT + ", else everything.")
    private @Nullable String shard;

    ShardOptions() {
        this(System.getenv());
    }

    /** @param variables of the environment */
    ShardOptions(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The part that was asked for, or that the environment says. */
    Shard shard() {
        if (shard != null) {
            return parse("--shard", shard);
        }
        String count = variables.get(COUNT);
        if (count == null || count.isEmpty()) {
            return Shard.WHOLE;
        }
        String index = variables.get(INDEX);
        if (index == null || index.isEmpty()) {
            throw refused(COUNT + " is " + count + ", but " + INDEX + " is not set: use --shard I/" + count);
        }
        return parse(INDEX + "/" + COUNT, index + "/" + count);
    }

    private Shard parse(String source, String text) {
        try {
            return Shard.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(source + " " + text + ": " + e.getMessage());
        }
    }

    /** Where this part writes, if all write under {@code all}. */
    static Path directory(Path all, Shard shard) {
        return shard.isWhole() ? all : all.resolve(shard.directory());
    }

    private ParameterException refused(String why) {
        return new ParameterException(requireNonNull(command).commandLine(), why);
    }
}
