package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
import dev.kubechurn.sim.check.Check;
import dev.kubechurn.sim.metrics.Commits;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One more read of everything that pods name, when nothing changes any more: with a cache only a read brings what is new
 * (checks 2 and 7). Counts in no figure. For one thread; answers may come on any.
 */
public final class OneMoreRead {

    private static final int MOST_UNDER_WAY = 200;

    private final List<Read<?>> reads = new ArrayList<>();
    private final Queue<Read<?>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean beginning = new AtomicBoolean();

    /** Reads that have not begun. */
    public OneMoreRead(Cluster cluster) {
        for (SimulatedNode node : cluster.nodes()) {
            add(node.configMaps());
            add(node.secrets());
        }
    }

    private <T extends HasMetadata> void add(ObjectSide<T> side) {
        side.namedKeys().forEach(key -> reads.add(new Read<>(side, key)));
    }

    /** Reads all that did not give what the server has, a number of them at a time. */
    public void read() {
        reads.stream().filter(read -> !read.agrees()).forEach(waiting::add);
        beginMore();
    }

    /** A loop, since answers may come at once; one thread at a time begins reads, the others leave it to that one. */
    private void beginMore() {
        while (!waiting.isEmpty() && underWay.get() < MOST_UNDER_WAY && beginning.compareAndSet(false, true)) {
            try {
                beginAsManyAsMay();
            } finally {
                beginning.set(false);
            }
        }
    }

    private void beginAsManyAsMay() {
        while (underWay.get() < MOST_UNDER_WAY) {
            underWay.incrementAndGet(); // first, so that never all seem to be answered while one is on its way
            Read<?> next = waiting.poll();
            if (next == null) {
                underWay.decrementAndGet();
                return;
            }
            next.begin();
        }
    }

    /** Whether every read that was begun has its answer. */
    public boolean answered() {
        return waiting.isEmpty() && underWay.get() == 0;
    }

    /** Whether every read gave what the server has. */
    public boolean agree() {
        return reads.stream().allMatch(Read::agrees);
    }

    /** Whether every read said what there is, be it right or wrong. */
    public boolean told() {
        return answered() && reads.stream().noneMatch(read -> read.revision == Read.UNTOLD);
    }

    /** Notes each read that gave something else as a violation. */
    public void tellWhatDiffers() {
        reads.stream().filter(read -> !read.agrees()).forEach(Read::tell);
    }

    /** The read of one object by one kubelet. */
    private final class Read<T extends HasMetadata> implements Reader<T> {

        private static final long UNTOLD = -1;
        private static final long NOTHING = 0;

        private final ObjectSide<T> side;
        private final ObjectKey key;
        private final Commits commits;
        private volatile long revision = UNTOLD;

        Read(ObjectSide<T> side, ObjectKey key) {
            this.side = side;
            this.key = key;
            this.commits = side.commits(key);
        }

        void begin() {
            side.manager().get(key.namespace(), key.name(), this);
        }

        boolean agrees() {
            return revision == (commits.exists() ? commits.latest() : NOTHING);
        }

        void tell() {
            if (commits.exists()) {
                String read = revision == NOTHING ? "reads nothing" : "reads " + revision;
                side.violated(Check.CONVERGENCE, key, read + ", but the server has " + commits.latest());
            } else {
                side.violated(Check.TRUTH, key, "reads " + revision + ", which was deleted at " + commits.newest());
            }
        }

        @Override
        public void found(T object) {
            answered(EntryTracker.revision(object));
        }

        @Override
        public void failed(LookupError error) {
            answered(error instanceof LookupError.NotFound ? NOTHING : UNTOLD);
        }

        private void answered(long told) {
            revision = told;
            underWay.decrementAndGet();
            beginMore();
            side.node().readSomething();
        }
    }
}
