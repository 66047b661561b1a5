package dev.kubechurn.sim.scenario;

import java.time.Duration;
import java.util.List;

/**
 * Something that goes wrong at planned moments of a run.
 *
 * @param moments when
 * @param action what
 */
public record Fault(Moments moments, Action action) {

    /** What a scenario calls it: {@code dropWatches}. */
    public String name() {
        return FaultDescription.fault().name(action);
    }

    /** Faults as a scenario writes them, on one line. */
    public static String text(List<Fault> faults) {
        return ScenarioText.flow(new ListOf<>(FaultDescription.fault(), Integer.MAX_VALUE).plain(faults));
    }

    /** When a fault strikes, in simulated time from the start of the run. */
    public sealed interface Moments {

        /** When it strikes first. */
        Duration first();
    }

    /** Once. */
    public record At(Duration at) implements Moments {
        @Override
        public Duration first() {
            return at;
        }
    }

    /** Again and again, for the first time after one period. */
    public record Every(Duration every) implements Moments {
        @Override
        public Duration first() {
            return every;
        }
    }

    /** What goes wrong. Shares of nodes and watches are drawn anew each time. */
    public sealed interface Action {

        /** How long it lasts; zero: it is over at once. */
        default Duration lasting() {
            return Duration.ZERO;
        }
    }

    /** Which requests a fault hits. */
    public enum Requests {
        ANY,
        GET,
        LIST,
        WATCH
    }

    /** Which API servers a fault hits. */
    public enum Replicas {
        ONE,
        ALL
    }

    /** The server ends watches as a stream ends. */
    public record DropWatches(Share fraction) implements Action {}

    /**
     * The server forgets its history: lists and watches of an older version are answered 410.
     *
     * @param watches the share of open watches that are ended with an ERROR event, 410 Expired
     */
    public record Compact(Share watches) implements Action {}

    /**
     * Requests are answered with an error.
     *
     * @param retryAfter what the answer says of when to try again; zero: nothing
     */
    public record FailRequests(Requests verb, int status, Share fraction, Duration retryAfter, Duration lasting)
            implements Action {}

    /** Requests take longer. */
    public record DelayRequests(Requests verb, Duration by, Share fraction, Duration lasting) implements Action {}

    /** Nodes and the server hear nothing of each other: requests are refused, open watches are silent. */
    public record Partition(Share nodes, Duration lasting) implements Action {}

    /**
     * API servers go down and come up again: their watches end, and nobody reaches them until then.
     *
     * @param lasting how long they are away
     */
    public record RestartServer(Replicas replicas, Duration lasting) implements Action {}

    /** Events reach the kubelets of some nodes late, in order. */
    public record SlowWatchers(Share nodes, Duration by, Duration lasting) implements Action {}

    /** Reads that allow a cache are answered from the state at the fault's beginning. */
    public record StaleReads(Duration lasting) implements Action {}

    /** The clocks of some kubelets go forward by a jump. */
    public record JumpClocks(Share nodes, Duration by) implements Action {}

    /** Kubelets forget all that they know; the pods of their nodes run on. */
    public record RestartKubelets(Share nodes) implements Action {}

    /** Nodes are gone for good, and their pods with them. */
    public record LoseNodes(Share nodes) implements Action {}
}
