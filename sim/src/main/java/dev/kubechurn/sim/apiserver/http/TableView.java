package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.EncodedEvent;
import dev.kubechurn.sim.apiserver.ListResult;
import dev.kubechurn.sim.apiserver.ObjectCodec;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.StoredObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Objects as the rows that {@code kubectl get} prints, with the columns of a kube-apiserver. Immutable. */
final class TableView {

    private final ObjectCodec codec;
    private final InstantSource clock;
    private final Resource resource;

    private record Column(String name, String type, int priority) {

        Column(String name) {
            this(name, "string", 0);
        }
    }

    TableView(ObjectCodec codec, InstantSource clock, Resource resource) {
        this.codec = codec;
        this.clock = clock;
        this.resource = resource;
    }

    /** Whether a client would rather have a table than objects. */
    static boolean isWanted(String accept) {
        int table = accept.indexOf("as=Table");
        return table >= 0 && accept.contains("g=meta.k8s.io");
    }

    String list(ListResult result) {
        ObjectNode table = table();
        ObjectNode metadata = table.putObject("metadata").put("resourceVersion", Long.toString(result.revision()));
        if (!result.continueToken().isEmpty()) {
            metadata.put("continue", result.continueToken());
        }
        if (result.remainingItems() >= 0) {
            metadata.put("remainingItemCount", result.remainingItems());
        }
        columns(table);
        ArrayNode rows = table.putArray("rows");
        result.items().forEach(object -> row(rows.addObject(), object));
        return table.toString();
    }

    String object(StoredObject object) {
        ObjectNode table = table();
        table.putObject("metadata").put("resourceVersion", object.resourceVersion());
        columns(table);
        row(table.putArray("rows").addObject(), object);
        return table.toString();
    }

    /** An event with a table of one row; bookmarks and errors stay what they are. */
    String event(EncodedEvent event) {
        StoredObject object = event.object();
        return object == null ? event.text() : "{\"type\":\"" + event.type() + "\",\"object\":" + object(object) + "}";
    }

    private static ObjectNode table() {
        return JsonNodeFactory.instance.objectNode().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    }

    private void columns(ObjectNode table) {
        ArrayNode columns = table.putArray("columnDefinitions");
        for (Column column : columns()) {
            columns.addObject()
                    .put("name", column.name)
                    .put("type", column.type)
                    .put("format", column.name.equals("Name") ? "name" : "")
                    .put("description", "")
                    .put("priority", column.priority);
        }
    }

    private List<Column> columns() {
        Column name = new Column("Name");
        Column age = new Column("Age");
        return switch (resource) {
            case CONFIGMAPS -> List.of(name, new Column("Data", "integer", 0), age);
            case SECRETS -> List.of(name, new Column("Type"), new Column("Data", "integer", 0), age);
            case NAMESPACES, NODES -> List.of(name, new Column("Status"), age);
            case PODS -> List.of(name, new Column("Status"), age, new Column("Node", "string", 1));
            case SERVICES -> List.of(name, new Column("Type"), new Column("Cluster-IP"), new Column("Port(s)"), age);
        };
    }

    private void row(ObjectNode row, StoredObject object) {
        ObjectNode tree = codec.tree(object);
        ArrayNode cells = row.putArray("cells");
        cells.add(object.key().name());
        switch (resource) {
            case CONFIGMAPS ->
                cells.add(tree.path("data").size() + tree.path("binaryData").size());
            case SECRETS ->
                cells.add(text(tree.path("type"))).add(tree.path("data").size());
            case NAMESPACES -> cells.add(text(tree.path("status").path("phase")));
            case NODES -> cells.add(isReady(tree) ? "Ready" : "NotReady");
            case PODS -> {
                String phase = text(tree.path("status").path("phase"));
                cells.add(phase.isEmpty() ? "Pending" : phase);
            }
            case SERVICES -> service(cells, tree.path("spec"));
        }
        cells.add(age(object.creationTimestamp()));
        if (resource == Resource.PODS) {
            String node = text(tree.path("spec").path("nodeName"));
            cells.add(node.isEmpty() ? "<none>" : node);
        }
        ObjectNode metadata = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "PartialObjectMetadata")
                .put("apiVersion", "meta.k8s.io/v1");
        metadata.set("metadata", tree.path("metadata"));
        row.set("object", metadata);
    }

    private static void service(ArrayNode cells, JsonNode spec) {
        String type = text(spec.path("type"));
        String address = text(spec.path("clusterIP"));
        StringBuilder ports = new StringBuilder();
        for (JsonNode port : spec.path("ports")) {
            String protocol = text(port.path("protocol"));
            ports.append(ports.isEmpty() ? "" : ",")
                    .append(port.path("port").asInt(0))
                    .append('/')
                    .append(protocol.isEmpty() ? "TCP" : protocol);
        }
        cells.add(type.isEmpty() ? "ClusterIP" : type)
                .add(address.isEmpty() ? "<none>" : address)
                .add(ports.isEmpty() ? "<none>" : ports.toString());
    }

    private static boolean isReady(ObjectNode node) {
        for (JsonNode condition : node.path("status").path("conditions")) {
            if (text(condition.path("type")).equals("Ready")) {
                return text(condition.path("status")).equals("True");
            }
        }
        return false;
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    /** As kubectl tells ages: 45s, 3m20s, 5h, 12d. */
    private String age(String created) {
        Duration age;
        try {
            age = Duration.between(Instant.parse(created), clock.instant());
        } catch (DateTimeException unknown) {
            return "<unknown>";
        }
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 600) {
            long rest = seconds % 60;
            return seconds / 60 + "m" + (rest == 0 ? "" : rest + "s");
        }
        if (seconds < 3 * 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
