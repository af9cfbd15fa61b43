package io.victorhub;

import io.victorhub.scheduling.loop.Workers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads of one hub. A worker that a skill does not give back is replaced: the loop counts places, not threads. */
final class HubThreads {

    private static final long KEEP_ALIVE_SECONDS = 30;

    private final ThreadLocal<Boolean> own = new ThreadLocal<>(); // set in threads made here
    private final ThreadFactory daemons;
    private final ThreadFactory loop;
    private final ScheduledThreadPoolExecutor timer;
    private final @Nullable ExecutorService pool; // null if the host gave an executor
    private final Executor workers;
    private final ExecutorService askers;
    private final ExecutorService events;

    HubThreads(@Nullable ThreadFactory given, @Nullable Executor executor) {
        this.daemons = marking(given == null ? HubThreads::daemon : given);
        this.loop = marking(given == null ? HubThreads::lasting : given);
        this.timer = new ScheduledThreadPoolExecutor(1, named("victor-timer"));
        this.timer.setRemoveOnCancelPolicy(true);
        this.pool = executor == null ? pool(numbered("victor-worker-")) : null;
        this.workers = executor == null ? pool() : executor;
        this.askers = pool(numbered("victor-asker-"));
        this.events = pool(numbered("victor-events-"));
    }

    /** {@return what makes threads that do not keep the process alive} */
    ThreadFactory daemons() {
        return daemons;
    }

    /** {@return what makes the thread of autonomous mode, which does} */
    ThreadFactory loop() {
        return loop;
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    /** {@return where skills run} */
    Workers workers() {
        return new Workers(workers, pool != null);
    }

    /** {@return where skills are asked whether they want a task} */
    Executor askers() {
        return askers;
    }

    /** {@return where those who have subscribed to events are told; ends after all others, with {@link #closeEvents}} */
    Executor events() {
        return events;
    }

    /** What was begun to be told is told. */
    void closeEvents() {
        events.shutdown();
    }

    /** Starts a thread of that name now. */
    Thread start(String name, Runnable work) {
        Thread thread = named(name).newThread(work);
        thread.start();
        return thread;
    }

    /** Starts a thread of that name now, which keeps the process alive. */
    void startLasting(String name, Runnable work) {
        Thread thread = loop.newThread(work);
        thread.setName(name);
        thread.start();
    }

    void close(Duration wait) {
        timer.shutdownNow();
        askers.shutdownNow();
        if (pool != null) {
            pool.shutdown();
            try {
                if (!pool.awaitTermination(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                    pool.shutdownNow(); // only skills that were given up are left
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@return whether the calling thread was made here} */
    boolean isOwn() {
        return own.get() != null;
    }

    private ThreadFactory marking(ThreadFactory factory) {
        return work -> factory.newThread(() -> {
            own.set(true);
            work.run();
        });
    }

    private ExecutorService pool() {
        if (pool == null) {
            throw new IllegalStateException("the host gave an executor");
        }
        return pool;
    }

    private static ExecutorService pool(ThreadFactory threads) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
    }

    private ThreadFactory named(String name) {
        return work -> {
            Thread thread = daemons.newThread(work);
            thread.setName(name);
            return thread;
        };
    }

    private ThreadFactory numbered(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = daemons.newThread(work);
            thread.setName(prefix + number.incrementAndGet());
            return thread;
        };
    }

    /** Not a daemon, also where a daemon makes it. */
    private static Thread lasting(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(false);
        return thread;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }
}
