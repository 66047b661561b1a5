package dev.kubechurn.sim.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The samples of a page in Prometheus' text format, such as an API server's {@code /metrics}. Time stamps are passed over.
 * Immutable.
 */
public record PrometheusText(List<Sample> samples) {

    public PrometheusText {
        samples = List.copyOf(samples);
    }

    /** One line: a value of a metric with these labels. */
    public record Sample(String name, Map<String, String> labels, double value) {

        /** A label; empty where the sample has none of that name. */
        public String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    /**
     * Reads a page.
     *
     * @throws IllegalArgumentException if a line is no sample, saying which
     */
    public static PrometheusText parse(String page) {
        List<Sample> samples = new ArrayList<>();
        page.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
                .forEach(line -> samples.add(new Line(line).sample()));
        return new PrometheusText(samples);
    }

    /** The sum of the samples of one name that pass. */
    public double sum(String name, Predicate<Sample> passes) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && passes.test(sample))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** A line that is being read. */
    private static final class Line {

        private final String text;
        private int at;

        Line(String text) {
            this.text = text;
        }

        Sample sample() {
            int nameEnds = firstOf("{ \t", 0);
            String name = text.substring(0, nameEnds);
            at = nameEnds;
            Map<String, String> labels = new LinkedHashMap<>();
            if (at < text.length() && text.charAt(at) == '{') {
                at++;
                while (skipSpaceAndCommas() != '}') {
                    label(labels);
                }
                at++;
            }
            String[] valueAndTime = text.substring(at).strip().split("\\s+", 2);
            return new Sample(name, Map.copyOf(labels), value(valueAndTime[0]));
        }

        private void label(Map<String, String> into) {
            int equals = text.indexOf('=', at);
            if (equals < 0 || equals + 1 >= text.length() || text.charAt(equals + 1) != '"') {
                throw bad();
            }
            String name = text.substring(at, equals).strip();
            at = equals + 2;
            StringBuilder value = new StringBuilder();
            while (next() != '"') {
                char c = text.charAt(at++);
                value.append(c == '\\' ? escaped() : c);
            }
            at++;
            into.put(name, value.toString());
        }

        private char escaped() {
            char c = next();
            at++;
            return c == 'n' ? '\n' : c;
        }

        private char skipSpaceAndCommas() {
            while (next() == ',' || next() == ' ') {
                at++;
            }
            return next();
        }

        private char next() {
            if (at >= text.length()) {
                throw bad();
            }
            return text.charAt(at);
        }

        private int firstOf(String characters, int from) {
            int i = from;
            while (i < text.length() && characters.indexOf(text.charAt(i)) < 0) {
                i++;
            }
            return i;
        }

        private double value(String number) {
            try {
                return switch (number) {
                    case "+Inf" -> Double.POSITIVE_INFINITY;
                    case "-Inf" -> Double.NEGATIVE_INFINITY;
                    default -> Double.parseDouble(number);
                };
            } catch (NumberFormatException e) {
                throw bad();
            }
        }

        private IllegalArgumentException bad() {
            return new IllegalArgumentException("no sample of Prometheus' text format: " + text);
        }
    }
}
