package dev.kubechurn.sim.manifests;

import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlNode.Entry;
import dev.kubechurn.sim.yaml.YamlNode.Kind;
import dev.kubechurn.sim.yaml.YamlNode.Mapping;
import dev.kubechurn.sim.yaml.YamlNode.Scalar;
import dev.kubechurn.sim.yaml.YamlNode.Sequence;
import java.util.List;
import java.util.Set;

/** Refuses empty items ({@code - }) in the lists of a pod whose items have names: an API server misses the name. */
final class EmptyItems {

    private static final Set<String> LISTS = Set.of(
            "initContainers",
            "containers",
            "ephemeralContainers",
            "env",
            "envFrom",
            "volumeMounts",
            "volumes",
            "sources",
            "items",
            "imagePullSecrets");

    private EmptyItems() {}

    /** @param path to the node, for the message */
    static void refuse(YamlNode node, String path) throws Misfit {
        if (node instanceof Mapping mapping) {
            for (Entry entry : mapping.entries()) {
                String below = path + "." + entry.key();
                if (entry.value() instanceof Sequence list && LISTS.contains(entry.key())) {
                    refuseItems(list.items(), below);
                } else {
                    refuse(entry.value(), below);
                }
            }
        }
    }

    private static void refuseItems(List<YamlNode> items, String path) throws Misfit {
        for (int i = 0; i < items.size(); i++) {
            YamlNode item = items.get(i);
            String place = path + "[" + i + "]";
            if (item instanceof Scalar scalar && scalar.kind() == Kind.NULL) {
                throw new Misfit(item.origin(), place + " is empty; write the item, or remove its \"-\"");
            }
            refuse(item, place);
        }
    }
}
