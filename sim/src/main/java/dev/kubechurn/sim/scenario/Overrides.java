package dev.kubechurn.sim.scenario;

import dev.kubechurn.sim.yaml.Origin;
import dev.kubechurn.sim.yaml.YamlException;
import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlNode.Entry;
import dev.kubechurn.sim.yaml.YamlNode.Kind;
import dev.kubechurn.sim.yaml.YamlNode.Mapping;
import dev.kubechurn.sim.yaml.YamlNode.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the command line sets over the scenario's file, in the order given: the last word on a field stands. Immutable.
 * A value that does not fit is told with its option.
 */
public final class Overrides {

    private static final Overrides NONE = new Overrides(List.of());

    private final List<Setting> all;

    /** One option: its own text for messages, the path it sets and the YAML of the value. */
    private record Setting(String option, String path, String value) {}

    private Overrides(List<Setting> all) {
        this.all = List.copyOf(all);
    }

    public static Overrides none() {
        return NONE;
    }

    /** Of {@code --set} options: each {@code path=value}, the path from the spec on, the value in YAML. */
    public static Overrides of(List<String> settings) throws ScenarioException {
        List<Setting> all = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            String path = equals < 0 ? setting : setting.substring(0, equals).strip();
            String option = "--set " + Problems.quoted(setting).replaceAll("^\"|\"$", "");
            if (equals < 0) {
                problems.add(option + ": has no value; write it like pods.perNode=10");
            } else if (!isPath(path)) {
                problems.add(option + ": " + Problems.quoted(path) + " is not a path; write it like pods.perNode=10");
            } else {
                all.add(new Setting(option, path, setting.substring(equals + 1)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ScenarioException(problems);
        }
        return new Overrides(all);
    }

    /** Whether it can be a path at all. */
    static boolean isPath(String path) {
        return path.matches("[^.\\s]+(\\.[^.\\s]+)*");
    }

    /** The same and one value of {@code --vary}. */
    public Overrides withVaried(String path, String value) {
        return with(new Setting("--vary " + path + "=" + value, path, value));
    }

    /** The same and {@code --seed}. */
    public Overrides withSeed(long seed) {
        return with(new Setting("--seed " + seed, "seed", Long.toString(seed)));
    }

    /** The same and {@code --duration}, as the user wrote it. */
    public Overrides withDuration(String duration) {
        return with(new Setting("--duration " + duration, "duration", duration));
    }

    /** The same and {@code --duration}. */
    public Overrides withDuration(Duration duration) {
        return withDuration(Durations.format(duration));
    }

    /** The same and {@code --transport}, as the user wrote it. */
    public Overrides withTransport(String transport) {
        return with(new Setting("--transport " + transport, "transport", transport));
    }

    /** The same and {@code --nodes}. */
    public Overrides withNodes(int nodes) {
        return with(new Setting("--nodes " + nodes, "cluster.nodes", Integer.toString(nodes)));
    }

    private Overrides with(Setting another) {
        List<Setting> more = new ArrayList<>(all);
        more.add(another);
        return new Overrides(more);
    }

    /** The document with all values put in their places; what is no YAML goes to the problems. */
    YamlNode apply(YamlNode document, Problems problems) {
        YamlNode result = document;
        for (Setting override : all) {
            Origin origin = Origin.of(override.option());
            Optional<YamlNode> value = value(override, origin, problems);
            if (value.isPresent() && result instanceof Mapping root) {
                result = put(root, path(override.path()), value.get(), origin);
            }
        }
        return result;
    }

    private static Optional<YamlNode> value(Setting override, Origin origin, Problems problems) {
        try {
            List<YamlNode> values = ScenarioReader.YAML.documents(override.option(), override.value());
            if (values.size() == 1) {
                return Optional.of(values.get(0));
            }
            if (values.isEmpty()) {
                return Optional.of(new Scalar(origin, "", Kind.NULL));
            }
            problems.add(origin, "is more than one value");
        } catch (YamlException e) {
            problems.add(origin, "the value " + e.problem());
        }
        return Optional.empty();
    }

    private static List<String> path(String text) {
        boolean full = text.equals("spec") || text.startsWith("spec.") || text.startsWith("metadata.");
        return List.of((full ? text : "spec." + text).split("\\."));
    }

    private static Mapping put(Mapping into, List<String> path, YamlNode value, Origin origin) {
        String name = path.get(0);
        Entry old = into.find(name);
        Entry entry = new Entry(origin, name, relocate(value, origin));
        if (path.size() > 1) {
            List<String> rest = path.subList(1, path.size());
            entry = old != null && old.value() instanceof Mapping below
                    ? new Entry(old.origin(), name, put(below, rest, value, origin))
                    : new Entry(origin, name, put(new Mapping(origin, List.of()), rest, value, origin));
        }
        List<Entry> entries = new ArrayList<>(into.entries());
        int at = old == null ? entries.size() : entries.indexOf(old);
        if (old != null) {
            entries.remove(at);
        }
        entries.add(at, entry);
        return new Mapping(into.origin(), entries);
    }

    /** The option has no lines worth telling: every part of its value stands at the option. */
    private static YamlNode relocate(YamlNode node, Origin origin) {
        if (node instanceof Scalar scalar) {
            return new Scalar(origin, scalar.text(), scalar.kind());
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return new YamlNode.Sequence(
                    origin,
                    sequence.items().stream()
                            .map(item -> relocate(item, origin))
                            .toList());
        }
        return new Mapping(
                origin,
                ((Mapping) node)
                        .entries().stream()
                                .map(entry -> new Entry(origin, entry.key(), relocate(entry.value(), origin)))
                                .toList());
    }
}
