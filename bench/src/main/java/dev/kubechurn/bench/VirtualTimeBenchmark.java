package dev.kubechurn.bench;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many events virtual time fires in a second, callback and scheduling anew included. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(5)
public class VirtualTimeBenchmark {

    /** A queue in the hold model. */
    @State(Scope.Thread)
    public static class Hold {

        @Param({"1000", "100000", "5000000"})
        int pending;

        @Param({"virtualTime", "priorityQueue"})
        String queue = "";

        private @Nullable EventQueue filled;

        @Setup(Level.Trial)
        public void setUp() {
            EventQueue fresh = queue.equals("virtualTime") ? new VirtualTimeQueue() : new PriorityQueueTime();
            new HoldModel(fresh, pending);
            filled = fresh;
        }
    }

    @Benchmark
    public boolean event(Hold hold) {
        return Objects.requireNonNull(hold.filled).runNext();
    }
}
