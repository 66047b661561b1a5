package dev.kubechurn.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** M2, M7: a pod is its namespace, name and uid, even where uids were given twice. */
final class RegisteredPodsTest {

    private final RegisteredPods pods = new RegisteredPods();

    static IntStream seeds() {
        int first = Integer.getInteger("kubechurn.seed", 1);
        return IntStream.range(first, first + 50);
    }

    @ParameterizedTest(name = "-Dkubechurn.seed={0}")
    @MethodSource("seeds")
    void holdsWhatAMapHolds(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<List<String>, RegisteredPod> model = new HashMap<>();
        for (int step = 0; step < 500; step++) {
            String namespace = "ns-" + random.nextInt(2);
            String name = "pod-" + random.nextInt(4);
            String uid = "uid-" + random.nextInt(2);
            List<String> triple = List.of(namespace, name, uid);
            RegisteredPod known = model.get(triple);
            if (random.nextBoolean()) {
                RegisteredPod pod = new RegisteredPod(namespace, name);
                assertThat(pods.add(uid, pod)).isEqualTo(known == null);
                model.putIfAbsent(triple, pod);
            } else if (known != null) {
                pods.remove(uid, known);
                model.remove(triple);
            }
            assertThat(pods.find(namespace, name, uid)).isSameAs(model.get(triple));
            assertThat(pods.size()).isEqualTo(model.size());
        }
        model.forEach((triple, pod) -> assertThat(pods.find(triple.get(0), triple.get(1), triple.get(2)))
                .isSameAs(pod));
    }

    /** Threads that add and remove pods of one uid: each is there from the one to the other, and nothing is left. */
    @Test
    void podsOfOneUidDoNotDisturbEachOther() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<String> missed = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger rounds = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            String name = "pod-" + i;
            threads.add(new Thread(() -> {
                for (int round = 0; round < 10_000; round++) {
                    RegisteredPod mine = new RegisteredPod("ns", name);
                    boolean added = pods.add("uid", mine);
                    boolean found = pods.find("ns", name, "uid") == mine;
                    pods.remove("uid", mine);
                    boolean gone = pods.find("ns", name, "uid") == null;
                    if (!added || !found || !gone) {
                        missed.add(name + " in round " + round + ": " + added + found + gone);
                    }
                    rounds.incrementAndGet();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(missed).isEmpty();
        assertThat(rounds).hasValue(40_000);
        assertThat(pods.size()).isZero();
    }
}
