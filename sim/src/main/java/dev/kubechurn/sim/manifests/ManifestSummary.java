package dev.kubechurn.sim.manifests;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.sim.manifests.Manifests.ObjectName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What manifests come to, in figures for people.
 *
 * @param pods in the cluster the summary was made for
 * @param references distinct objects per template, summed over the templates
 * @param referenced distinct objects over all templates
 */
public record ManifestSummary(
        List<Row> rows,
        int configMaps,
        int secrets,
        int pods,
        int references,
        int referenced,
        List<ObjectName> created,
        List<ObjectName> leftOut,
        Map<String, Integer> skipped) {

    /**
     * One template.
     *
     * @param configMaps distinct ones that a pod of it refers to
     * @param secrets distinct ones that a pod of it refers to
     * @param optional those of both that the pod starts without
     */
    public record Row(
            String kind, String namespace, String name, int pods, int configMaps, int secrets, int optional) {}

    static ManifestSummary of(Manifests manifests, int nodes) {
        List<Row> rows = new ArrayList<>();
        Set<ObjectName> all = new LinkedHashSet<>();
        for (WorkloadPods template : manifests.templates()) {
            rows.add(row(template, nodes, all));
        }
        return new ManifestSummary(
                rows,
                count(manifests.objects(), ObjectKind.CONFIG_MAP),
                count(manifests.objects(), ObjectKind.SECRET),
                rows.stream().mapToInt(Row::pods).sum(),
                rows.stream().mapToInt(row -> row.configMaps() + row.secrets()).sum(),
                all.size(),
                manifests.created(),
                manifests.leftOut(),
                manifests.skipped());
    }

    private static Row row(WorkloadPods template, int nodes, Set<ObjectName> all) {
        Set<ObjectName> own = new LinkedHashSet<>();
        Set<ObjectName> needed = new LinkedHashSet<>();
        for (PodReference reference : template.references()) {
            ObjectName name = new ObjectName(reference.kind(), new ObjectKey(template.namespace(), reference.name()));
            own.add(name);
            if (!reference.optional()) {
                needed.add(name);
            }
        }
        all.addAll(own);
        int configMaps = (int) own.stream()
                .filter(name -> name.kind() == ObjectKind.CONFIG_MAP)
                .count();
        return new Row(
                template.kind(),
                template.namespace(),
                template.name(),
                template.pods(nodes),
                configMaps,
                own.size() - configMaps,
                own.size() - needed.size());
    }

    private static int count(List<HasMetadata> objects, ObjectKind<?> kind) {
        return (int) objects.stream()
                .filter(object -> object.getKind().equals(kind.toString()))
                .count();
    }

    /** How much there is, and what was assumed: a line each. */
    public List<String> brief() {
        List<String> lines = new ArrayList<>(List.of(head()));
        assumed(lines);
        return lines;
    }

    private String head() {
        return String.format(
                "%d pod templates, %d pods, %d ConfigMaps, %d Secrets", rows.size(), pods, configMaps, secrets);
    }

    /** The whole summary as lines of text. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(head()));
        int width = rows.stream().mapToInt(row -> title(row).length()).max().orElse(0);
        String form = "  %-" + Math.max(width, 1) + "s  %6s  %10s  %7s  %8s";
        lines.add(String.format(form, "", "pods", "ConfigMaps", "Secrets", "optional"));
        for (Row row : rows) {
            lines.add(String.format(form, title(row), row.pods(), row.configMaps(), row.secrets(), row.optional()));
        }
        lines.add(String.format("%d references, to %d distinct objects", references, referenced));
        assumed(lines);
        if (!skipped.isEmpty()) {
            lines.add("skipped: "
                    + skipped.entrySet().stream()
                            .map(kind -> kind.getValue() + " " + kind.getKey())
                            .collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private void assumed(List<String> lines) {
        listed(lines, "not in any file, created empty: ", created);
        listed(lines, "not in any file, optional, left out: ", leftOut);
    }

    private static void listed(List<String> lines, String head, List<ObjectName> names) {
        if (!names.isEmpty()) {
            lines.add(head + names.stream().map(ObjectName::toString).collect(Collectors.joining(", ")));
        }
    }

    private static String title(Row row) {
        return row.kind() + " " + row.namespace() + "/" + row.name();
    }
}
