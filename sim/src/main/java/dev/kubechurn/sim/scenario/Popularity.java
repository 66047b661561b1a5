package dev.kubechurn.sim.scenario;

/** How a choice falls on the objects of a namespace. */
public sealed interface Popularity {

    /** Every object is as likely as any other. */
    record Uniform() implements Popularity {}

    /** The object of rank k is chosen in proportion to 1/k^exponent. */
    record Zipf(double exponent) implements Popularity {
        public Zipf {
            if (!(exponent > 0 && exponent <= 10)) {
                throw new RuleViolation("is out of range: it must be more than 0 and at most 10", "zipf");
            }
        }
    }
}
