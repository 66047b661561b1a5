package dev.kubechurn.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.ReadWait;
import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.store.EntryState;
import dev.kubechurn.core.store.StoreListener;
import dev.kubechurn.core.store.WatchingStore;
import dev.kubechurn.core.testing.PoolScheduler;
import dev.kubechurn.core.testing.PoolServer;
import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The manager and its watching store under threads (M15), with answers on further threads and idle sweeps all along. */
@Timeout(120)
class WatchStrategyStressTest {

    private static final int SEEDS = 1_000;

    /** Of reads that poll, as kubelets' do: each that waits takes 10 ms or more. */
    private static final int POLLED_SEEDS = 20;

    private static final int THREADS = 3;
    private static final int OPERATIONS = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(1);

    /** A minute of the store's time in 0.6 ms. */
    private static final long SPEED = 100_000;

    private static final List<String> PINNED = List.of("pinned", "frozen");
    private static final List<String> OTHERS = List.of("b", "frozen-too", "c");

    private final PoolScheduler scheduler = new PoolScheduler(2, SPEED, WatchStrategyStressTest::realDelay);
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);

    /** Reads may wait as long as a slow machine needs; sweeps come all the time. */
    private static long realDelay(long nanos) {
        return nanos <= Duration.ofSeconds(1).toNanos() ? PATIENCE.toNanos() : nanos / SPEED;
    }

    /** A look is in time; only the end of a read's second waits for a slow machine. */
    private static long realPoll(long nanos) {
        return nanos == Duration.ofSeconds(1).toNanos() ? PATIENCE.toNanos() : Math.max(0, nanos);
    }

    @AfterEach
    void stopThreads() {
        workers.shutdownNow();
        scheduler.close();
    }

    @Test
    @DisplayName("M15: no leaked watch, no wrong count, no failing read of an object that stays registered")
    void survivesThreads() throws Exception {
        play(SEEDS, ReadWait.WOKEN, scheduler);
    }

    @Test
    @DisplayName("M15, S3: the same in real time, with reads that look every 10 ms")
    void survivesThreadsWithReadsThatPoll() throws Exception {
        try (PoolScheduler realTime = new PoolScheduler(2, 1, WatchStrategyStressTest::realPoll)) {
            play(POLLED_SEEDS, ReadWait.POLLED, realTime);
        }
    }

    private void play(int seeds, ReadWait wait, PoolScheduler scheduler) throws Exception {
        for (long seed = 0; seed < seeds; seed++) {
            try {
                play(seed, wait, scheduler);
            } catch (AssertionError | ExecutionException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private void play(long seed, ReadWait wait, PoolScheduler scheduler) throws Exception {
        PoolServer server = new PoolServer(scheduler);
        WatchingStore<ConfigMap> store = new WatchingStore<>(
                ObjectKind.CONFIG_MAP,
                server,
                scheduler,
                () -> 0,
                Duration.ofSeconds(1),
                WatchSettings.DEFAULT.withReadWait(wait),
                new StoreListener<ConfigMap>() {});
        ObjectManager<ConfigMap> manager = ObjectManagers.ofConfigMaps(store);
        Pod pin = Samples.pod("pin", "uid", PINNED.toArray(String[]::new));
        manager.registerPod(pin);

        runAll(seed, manager, scheduler);

        assertThat(manager.references())
                .isEqualTo(Map.of(new ObjectKey("shop", "pinned"), 1, new ObjectKey("shop", "frozen"), 1));
        assertThat(manager.registeredPods()).isEqualTo(1);
        eventually(() -> server.quiet() && server.openWatches().equals(following(store)));
        manager.unregisterPod(pin);
        manager.close();
        eventually(server::quiet);
        assertThat(server.openWatches()).as("open watches at the end").isEmpty();
        assertThat(server.leaks()).as("objects with two watches at once").isEmpty();
        assertThat(store.entries()).isEmpty();
        eventually(() -> scheduler.pending() == 0);
    }

    private void runAll(long seed, ObjectManager<ConfigMap> manager, PoolScheduler scheduler) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Worker worker = new Worker("pod-" + i, random.split(), new ConfigMapManager(manager, scheduler));
            running.add(workers.submit(() -> {
                together.await();
                worker.run();
                return null;
            }));
        }
        for (Future<?> future : running) {
            future.get();
        }
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .pollInSameThread()
                .until(condition);
    }

    private static List<ObjectKey> following(WatchingStore<?> store) {
        return store.entries().stream()
                .filter(state -> !state.stopped())
                .map(EntryState::key)
                .sorted()
                .toList();
    }

    /** Registers, changes and drops a pod of its own, and reads all along. */
    private static final class Worker {

        private final String pod;
        private final SplittableRandom random;
        private final ConfigMapManager manager;
        private List<String> mine = List.of();

        Worker(String pod, SplittableRandom random, ConfigMapManager manager) {
            this.pod = pod;
            this.random = random;
            this.manager = manager;
        }

        void run() {
            for (int i = 0; i < OPERATIONS; i++) {
                switch (random.nextInt(5)) {
                    case 0, 1 -> register();
                    case 2 -> unregister();
                    case 3 -> PINNED.forEach(this::mustFind);
                    default -> mine.forEach(this::mustFind);
                }
            }
            unregister();
        }

        private void register() {
            List<String> names = new ArrayList<>(PINNED);
            names.addAll(OTHERS);
            names.removeIf(name -> random.nextInt(2) == 0);
            manager.registerPod(Samples.pod(pod, "uid", names.toArray(String[]::new)));
            mine = names;
        }

        private void unregister() {
            manager.unregisterPod(Samples.pod(pod, "uid"));
            mine = List.of();
        }

        private void mustFind(String name) {
            assertThat(manager.getConfigMap("shop", name).getMetadata().getName())
                    .isEqualTo(name);
        }
    }
}
