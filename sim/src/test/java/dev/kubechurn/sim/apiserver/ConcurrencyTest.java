package dev.kubechurn.sim.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Writers and watch openers on several threads: no event is lost, doubled or out of order. */
class ConcurrencyTest {

    private static final int WRITERS = 4;
    private static final int WRITES = 500;
    private static final int OPENERS = 4;
    private static final int WATCHES = 100;

    private record Opened(int writer, long from, RecordingSink sink) {}

    private final StoreFixture fixture = new StoreFixture();
    private final ApiStore store = fixture.store;

    @Test
    void everyWatchSeesEveryLaterRevisionOnce() throws Exception {
        IntStream.range(0, WRITERS).forEach(writer -> fixture.create("ns", "n" + writer));
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + OPENERS);
        try {
            List<Future<List<Opened>>> openers = new ArrayList<>();
            List<Future<List<Long>>> writers = new ArrayList<>();
            for (int i = 0; i < OPENERS; i++) {
                int opener = i;
                openers.add(threads.submit(after(start, () -> open(opener))));
            }
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(threads.submit(after(start, () -> write(writer))));
            }
            start.countDown();
            List<List<Long>> written = new ArrayList<>();
            for (Future<List<Long>> writer : writers) {
                written.add(writer.get());
            }
            for (Future<List<Opened>> opener : openers) {
                opener.get().forEach(opened -> check(opened, written));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(store.revision()).isEqualTo(1 + WRITERS + WRITERS * WRITES);
        assertThat(store.openWatchCount()).isEqualTo(OPENERS * WATCHES);
    }

    private static <T> Callable<T> after(CountDownLatch start, Callable<T> action) {
        return () -> {
            start.await();
            return action.call();
        };
    }

    private List<Long> write(int writer) {
        List<Long> revisions = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            revisions.add(fixture.update("ns", "n" + writer, "value" + i).revision());
        }
        return revisions;
    }

    private List<Opened> open(int opener) {
        List<Opened> opened = new ArrayList<>();
        for (int i = 0; i < WATCHES; i++) {
            long from = store.revision();
            boolean all = i % 2 == 0;
            Selection selection = all ? StoreFixture.all() : StoreFixture.named("ns", "n" + opener % WRITERS);
            opened.add(new Opened(all ? -1 : opener % WRITERS, from, fixture.watch(selection, Long.toString(from))));
            if (i % 10 == 0) {
                store.watch(WatchRequest.from(selection, "0"), new RecordingSink())
                        .cancel();
            }
        }
        return opened;
    }

    private void check(Opened opened, List<List<Long>> written) {
        LongStream revisions = opened.writer() < 0
                ? LongStream.rangeClosed(1, store.revision())
                : written.get(opened.writer()).stream().mapToLong(Long::longValue);
        List<String> expected = revisions
                .filter(revision -> revision > opened.from())
                .mapToObj(revision -> "MODIFIED at " + revision)
                .toList();
        assertThat(opened.sink().summary()).isEqualTo(expected);
    }
}
