package dev.kubechurn.sim.scenario;

/** What a random quantity is drawn from, in the unit of its field: nanoseconds or bytes. It draws nothing itself. */
public sealed interface Distribution {

    /** Always the same value. */
    record Constant(long value) implements Distribution {
        public Constant {
            requireNotNegative(value);
        }
    }

    /** Memoryless, as the lifetimes of unrelated things are. */
    record Exponential(long mean) implements Distribution {
        public Exponential {
            requirePositive(mean, "exponential");
        }
    }

    /** Mostly small with a long tail; given by two figures that people measure. */
    record LogNormal(long median, long p99) implements Distribution {
        public LogNormal {
            requirePositive(median, "median");
            if (p99 < median) {
                throw new RuleViolation("is less than the median", "p99");
            }
        }
    }

    /** Any value from min to max, both included. */
    record Uniform(long min, long max) implements Distribution {
        public Uniform {
            requireNotNegative(min);
            if (max < min) {
                throw new RuleViolation("is less than min", "max");
            }
        }
    }

    private static void requirePositive(long value, String field) {
        if (value <= 0) {
            throw new RuleViolation("must be more than 0", field);
        }
    }

    private static void requireNotNegative(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("is negative");
        }
    }
}
