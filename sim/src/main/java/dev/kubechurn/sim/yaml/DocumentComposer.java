package dev.kubechurn.sim.yaml;

import dev.kubechurn.sim.yaml.YamlNode.Entry;
import dev.kubechurn.sim.yaml.YamlNode.Kind;
import dev.kubechurn.sim.yaml.YamlNode.Mapping;
import dev.kubechurn.sim.yaml.YamlNode.Scalar;
import dev.kubechurn.sim.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * The composer of one stream of YAML events into trees: it bounds depth and, aliases counted as often as they are
 * used, the number of values. One per stream; not thread-safe.
 */
final class DocumentComposer {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_VALUES = 1_000_000;
    private static final String MERGE = "<<";

    private final String source;
    private final Iterator<Event> events;
    private final ScalarResolver resolver;
    private final YamlReader.RepeatedKeys repeatedKeys;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int values;
    private int deepest;

    /** An anchored value, the number of values it is made of and the levels it adds. */
    private record Anchored(YamlNode node, int values, int levels) {}

    DocumentComposer(
            String source, Iterator<Event> events, ScalarResolver resolver, YamlReader.RepeatedKeys repeatedKeys) {
        this.source = source;
        this.events = events;
        this.resolver = resolver;
        this.repeatedKeys = repeatedKeys;
    }

    List<YamlNode> all() throws YamlException {
        List<YamlNode> documents = new ArrayList<>();
        while (events.hasNext()) {
            if (events.next().getEventId() == Event.ID.DocumentStart) {
                anchors.clear();
                YamlNode document = node(events.next(), 0);
                if (!(document instanceof Scalar scalar) || scalar.kind() != Kind.NULL) {
                    documents.add(document);
                }
            }
        }
        return documents;
    }

    private YamlNode node(Event event, int depth) throws YamlException {
        Origin origin = origin(event);
        if (event instanceof AliasEvent alias) {
            return resolve(alias.getAlias().getValue(), origin, depth);
        }
        if (depth > MAX_DEPTH) {
            throw new YamlException(origin, "is nested deeper than " + MAX_DEPTH + " levels");
        }
        int valuesBefore = values;
        int deepestBefore = deepest;
        deepest = depth;
        count(1, origin);
        YamlNode node = value(event, origin, depth);
        if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
            String anchor = named.getAnchor().get().getValue();
            anchors.put(anchor, new Anchored(node, values - valuesBefore, deepest - depth));
        }
        deepest = Math.max(deepest, deepestBefore);
        return node;
    }

    private YamlNode value(Event event, Origin origin, int depth) throws YamlException {
        if (event instanceof ScalarEvent scalar) {
            return new Scalar(origin, scalar.getValue(), kind(scalar, origin));
        }
        checkTag((CollectionStartEvent) event, origin);
        return event.getEventId() == Event.ID.SequenceStart ? sequence(origin, depth) : mapping(origin, depth);
    }

    private Sequence sequence(Origin origin, int depth) throws YamlException {
        List<YamlNode> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return new Sequence(origin, items);
    }

    private Mapping mapping(Origin origin, int depth) throws YamlException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<Mapping> merged = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            Origin at = origin(next);
            boolean merge = next instanceof ScalarEvent key
                    && key.isPlain()
                    && key.getValue().equals(MERGE);
            String key = key(node(next, depth + 1));
            YamlNode value = node(events.next(), depth + 1);
            if (merge) {
                addMerged(value, merged);
            } else {
                Entry earlier = entries.put(key, new Entry(at, key, value));
                if (earlier != null && repeatedKeys == YamlReader.RepeatedKeys.REFUSED) {
                    throw repeated(key, at, earlier.origin());
                }
            }
        }
        for (Mapping other : merged) {
            other.entries().forEach(entry -> entries.putIfAbsent(entry.key(), entry));
        }
        return new Mapping(origin, new ArrayList<>(entries.values()));
    }

    private static YamlException repeated(String key, Origin at, Origin earlier) {
        return new YamlException(at, "field \"" + key + "\" is duplicated; it is first set on line " + earlier.line());
    }

    private static void addMerged(YamlNode value, List<Mapping> merged) throws YamlException {
        if (value instanceof Mapping mapping) {
            merged.add(mapping);
        } else if (value instanceof Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                addMerged(item, merged);
            }
        } else {
            throw new YamlException(value.origin(), "\"<<\" must merge a mapping, not " + value.noun());
        }
    }

    private static String key(YamlNode key) throws YamlException {
        if (key instanceof Scalar scalar) {
            return scalar.text();
        }
        throw new YamlException(key.origin(), "a key is " + key.noun() + "; keys must be text");
    }

    private YamlNode resolve(String anchor, Origin origin, int depth) throws YamlException {
        Anchored anchored = anchors.get(anchor);
        if (anchored == null) {
            throw new YamlException(origin, "alias \"*" + anchor + "\" does not refer to an earlier anchor");
        }
        if (depth + anchored.levels() > MAX_DEPTH) {
            throw new YamlException(origin, "is nested deeper than " + MAX_DEPTH + " levels");
        }
        deepest = Math.max(deepest, depth + anchored.levels());
        count(anchored.values(), origin);
        return anchored.node();
    }

    private void count(int more, Origin origin) throws YamlException {
        values += more;
        if (values > MAX_VALUES) {
            throw new YamlException(origin, "has more than " + MAX_VALUES + " values, including aliases");
        }
    }

    private Kind kind(ScalarEvent scalar, Origin origin) throws YamlException {
        Tag tag = scalar.getTag()
                .map(Tag::new)
                .orElseGet(() -> scalar.isPlain() ? resolver.resolve(scalar.getValue(), true) : Tag.STR);
        Kind kind = kind(tag);
        if (kind == null) {
            throw new YamlException(origin, "tag \"" + tag.getValue() + "\" is not supported");
        }
        if (scalar.getTag().isPresent()
                && kind != Kind.STRING
                && !tag.equals(resolver.resolve(scalar.getValue(), true))) {
            throw new YamlException(origin, "tag \"" + tag.getValue() + "\" does not fit its value");
        }
        return kind;
    }

    private static @Nullable Kind kind(Tag tag) {
        if (tag.equals(Tag.STR) || tag.getValue().equals("!") || tag.equals(Tag.MERGE)) {
            return Kind.STRING;
        }
        if (tag.equals(Tag.INT)) {
            return Kind.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Kind.FLOAT;
        }
        if (tag.equals(Tag.BOOL)) {
            return Kind.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Kind.NULL : null;
    }

    private static void checkTag(CollectionStartEvent event, Origin origin) throws YamlException {
        String tag = event.getTag().orElse("!");
        if (!tag.equals("!") && !tag.equals(Tag.MAP.getValue()) && !tag.equals(Tag.SEQ.getValue())) {
            throw new YamlException(origin, "tag \"" + tag + "\" is not supported");
        }
    }

    private Origin origin(Event event) {
        return new Origin(source, event.getStartMark().map(Mark::getLine).orElse(-1) + 1);
    }
}
