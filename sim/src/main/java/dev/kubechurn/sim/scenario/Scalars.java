package dev.kubechurn.sim.scenario;

import dev.kubechurn.sim.scenario.Distribution.Constant;
import dev.kubechurn.sim.scenario.Distribution.Uniform;
import dev.kubechurn.sim.yaml.YamlNode.Kind;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** The single values that scenarios are made of, with their units as Kubernetes people write them. */
final class Scalars {

    private static final Set<Kind> TEXT = Set.of(Kind.STRING);
    private static final Set<Kind> TEXT_OR_INTEGER = Set.of(Kind.STRING, Kind.INTEGER);
    private static final String SPAN = "\\.\\.";

    private Scalars() {}

    static ScalarType<String> text(String expected, String pattern, int maxLength) {
        return text(expected, pattern, maxLength, TEXT, "string");
    }

    /** A version such as 1.34, which YAML takes for a number when nobody quotes it. */
    static ScalarType<String> version(String expected, String pattern) {
        return text(expected, pattern, 10, Set.of(Kind.STRING, Kind.FLOAT), List.of("string", "number"));
    }

    private static ScalarType<String> text(
            String expected, String pattern, int maxLength, Set<Kind> kinds, Object jsonType) {
        Function<String, String> parse = text -> {
            if (text.length() > maxLength || !text.matches(pattern)) {
                throw new IllegalArgumentException("is not " + expected);
            }
            return text;
        };
        Map<String, Object> schema = schema("type", jsonType, "pattern", "^" + pattern + "$", "maxLength", maxLength);
        return new ScalarType<>(expected, kinds, parse, value -> value, schema);
    }

    /** The one text that may stand here. */
    static ScalarType<String> constant(String only) {
        Function<String, String> parse = text -> {
            if (!text.equals(only)) {
                throw new IllegalArgumentException("is not " + only);
            }
            return only;
        };
        return new ScalarType<>(only, TEXT, parse, value -> value, schema("const", only));
    }

    static ScalarType<Boolean> bool() {
        Function<String, Boolean> parse = text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("is not true or false");
            }
            return text.equals("true");
        };
        return new ScalarType<>("true or false", Set.of(Kind.BOOLEAN), parse, v -> v, schema("type", "boolean"));
    }

    static ScalarType<Long> wholeNumber(long min, long max) {
        Function<String, Long> parse = text -> {
            if (!text.matches("-?(0|[1-9][0-9]*)")) {
                throw new IllegalArgumentException("is not a whole number in decimal");
            }
            BigInteger value = text.length() > 20 ? BigInteger.ONE.shiftLeft(Long.SIZE) : new BigInteger(text);
            requireWithin(value, BigInteger.valueOf(min), BigInteger.valueOf(max), BigInteger::toString);
            return value.longValueExact();
        };
        Map<String, Object> schema = schema("type", "integer", "minimum", min, "maximum", max);
        return new ScalarType<>("a whole number", Set.of(Kind.INTEGER), parse, value -> value, schema);
    }

    static ScalarType<Integer> integer(int min, int max) {
        ScalarType<Long> wide = wholeNumber(min, max);
        Function<String, Integer> parse = wide.parse().andThen(Math::toIntExact);
        return new ScalarType<>(wide.expected(), wide.kinds(), parse, value -> value, wide.schema());
    }

    static ScalarType<Double> decimal(double max) {
        Function<String, Double> parse = text -> {
            if (!text.matches("-?[0-9]{1,9}(\\.[0-9]{1,17})?([eE][-+]?[0-9]{1,2})?")) {
                throw new IllegalArgumentException("is not a decimal number; write it like 1.1");
            }
            return Double.parseDouble(text);
        };
        Map<String, Object> schema = schema("type", "number", "exclusiveMinimum", 0, "maximum", max);
        return new ScalarType<>("a number like 1.1", Set.of(Kind.INTEGER, Kind.FLOAT), parse, value -> value, schema);
    }

    static ScalarType<Share> share() {
        return new ScalarType<>(
                "a percentage like 10%",
                TEXT,
                Share::parse,
                Share::toString,
                schema("type", "string", "pattern", "^[0-9]{1,3}(\\.[0-9]{1,4})?%$"));
    }

    static ScalarType<Rate> rate() {
        return new ScalarType<>(
                "a rate like 10/s, 5/m or 100/h",
                TEXT,
                Rate::parse,
                Rate::toString,
                schema("type", "string", "pattern", "^[0-9]{1,12}(\\.[0-9]{1,3})?/[smh]$"));
    }

    static ScalarType<Duration> duration(Duration min, Duration max) {
        return new ScalarType<>(
                        "a duration like 90s, 1m30s or 2h",
                        TEXT,
                        Durations::parse,
                        Durations::format,
                        schema("type", "string", "pattern", "^" + Durations.PATTERN + "$"))
                .checked(value -> requireWithin(value, min, max, Durations::format));
    }

    /** A duration in nanoseconds. */
    static ScalarType<Long> nanos(Duration max) {
        return longs(duration(Duration.ZERO, max), Duration::toNanos, Duration::ofNanos);
    }

    private static <V> ScalarType<Long> longs(ScalarType<V> type, ToLongFunction<V> to, LongFunction<V> from) {
        return new ScalarType<>(
                type.expected(),
                type.kinds(),
                text -> to.applyAsLong(type.parse().apply(text)),
                value -> type.plain(from.apply(value)),
                type.schema());
    }

    /** A quantity of bytes. */
    static ScalarType<Long> bytes(long min, long max) {
        return new ScalarType<Long>(
                        "a quantity of bytes like 512, 1Ki or 1M",
                        TEXT_OR_INTEGER,
                        Quantities::parse,
                        Quantities::format,
                        schema("type", List.of("string", "integer"), "pattern", "^" + Quantities.PATTERN + "$"))
                .checked(value -> requireWithin(value, min, max, Quantities::format));
    }

    /** A count, for ranges of counts. */
    static ScalarType<Long> count(long min, long max) {
        Function<String, Long> parse = wholeNumber(min, max).parse();
        Map<String, Object> schema = schema("type", List.of("string", "integer"), "pattern", "^[0-9]{1,18}$");
        return new ScalarType<>("a whole number", TEXT_OR_INTEGER, parse, value -> Long.toString(value), schema);
    }

    /** Two of a kind with {@code ..} between them, or one alone. */
    static ScalarType<Range> range(ScalarType<Long> end) {
        Function<String, Range> parse = text -> {
            String[] ends = text.split(SPAN, -1);
            if (ends.length > 2) {
                throw new IllegalArgumentException("is not a range; write it like 1..2");
            }
            return new Range(end.parse().apply(ends[0]), end.parse().apply(ends[ends.length - 1]));
        };
        return new ScalarType<>(
                "a range a..b, each end " + end.expected(),
                TEXT_OR_INTEGER,
                parse,
                range -> end.plain(range.min()) + ".." + end.plain(range.max()),
                schema("type", List.of("string", "integer"), "pattern", spanPattern(end)));
    }

    /** The short forms of a distribution: one value, or {@code a..b} for all values between. */
    static ScalarType<Distribution> fixedOrSpan(ScalarType<Long> unit) {
        Function<String, Range> span = range(unit).parse();
        Function<String, Distribution> parse = text -> {
            Range ends = span.apply(text);
            return text.contains("..") ? new Uniform(ends.min(), ends.max()) : new Constant(ends.min());
        };
        return new ScalarType<>(
                unit.expected() + ", {exponential: …}, {lognormal: {median: …, p99: …}} or {uniform: {min: …, max: …}}",
                unit.kinds(),
                parse,
                value -> value instanceof Constant constant ? unit.plain(constant.value()) : value,
                schema("type", unit.schema().getOrDefault("type", "string"), "pattern", spanPattern(unit)));
    }

    static ScalarType<Ttl> ttl() {
        ScalarType<Duration> fixed = duration(Duration.ZERO, Duration.ofHours(24));
        return new ScalarType<>(
                "auto or " + fixed.expected(),
                TEXT,
                text -> text.equals("auto")
                        ? new Ttl.ByClusterSize()
                        : new Ttl.Fixed(fixed.parse().apply(text)),
                value -> value instanceof Ttl.Fixed ttl ? fixed.plain(ttl.duration()) : "auto",
                schema("type", "string", "pattern", "^(auto|" + Durations.PATTERN + ")$"));
    }

    static <V> ScalarType<V> oneOf(Map<String, V> names) {
        String all = String.join(", ", names.keySet());
        Function<String, V> parse = text -> {
            V value = names.get(text);
            if (value == null) {
                String nearest = NearestName.of(text, names.keySet())
                        .map(name -> "; did you mean " + Problems.quoted(name) + "?")
                        .orElse("");
                throw new IllegalArgumentException("is not one of " + all + nearest);
            }
            return value;
        };
        Function<V, Object> plain = value -> names.entrySet().stream()
                .filter(name -> name.getValue().equals(value))
                .findFirst()
                .orElseThrow()
                .getKey();
        return new ScalarType<>("one of " + all, TEXT, parse, plain, schema("enum", List.copyOf(names.keySet())));
    }

    /** A schema of keywords and their values in turn. */
    static Map<String, Object> schema(Object... keywordsAndValues) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int i = 0; i < keywordsAndValues.length; i += 2) {
            schema.put((String) keywordsAndValues[i], keywordsAndValues[i + 1]);
        }
        return schema;
    }

    private static String spanPattern(ScalarType<Long> end) {
        String one = String.valueOf(end.schema().get("pattern"));
        String bare = one.substring(1, one.length() - 1);
        return "^(" + bare + ")(\\.\\.(" + bare + "))?$";
    }

    private static <C extends Comparable<C>> void requireWithin(C value, C min, C max, Function<C, String> format) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "is out of range: it must be between " + format.apply(min) + " and " + format.apply(max));
        }
    }
}
