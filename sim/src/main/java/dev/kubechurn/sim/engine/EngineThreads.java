package dev.kubechurn.sim.engine;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the daemon threads that fire timers and deliver API answers: threads that must never wait. */
public final class EngineThreads implements ThreadFactory {

    private final String prefix;
    private final AtomicInteger next = new AtomicInteger(1);

    /** @param prefix names the threads: {@code prefix-1}, {@code prefix-2}, … */
    public EngineThreads(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable work) {
        return new EngineThread(work, prefix + "-" + next.getAndIncrement());
    }

    /** Whether the calling thread is one that must not wait. */
    static boolean isEngineThread() {
        return Thread.currentThread() instanceof EngineThread;
    }

    private static final class EngineThread extends Thread {

        EngineThread(Runnable work, String name) {
            super(work, name);
            setDaemon(true);
        }
    }
}
