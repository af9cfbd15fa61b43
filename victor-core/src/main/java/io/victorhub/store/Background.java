package io.victorhub.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread for what a store does behind everybody's back, begun with the first of it. It sleeps where there is nothing. */
final class Background implements Executor, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Background.class);

    private final ThreadFactory threads;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition changed = lock.newCondition();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean closed;

    Background(ThreadFactory threads) {
        this.threads = threads;
    }

    /** After it was closed, work is dropped: all of it can be done anew. */
    @Override
    public void execute(Runnable work) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            waiting.add(work);
            if (thread == null) {
                Thread started = threads.newThread(this::run);
                started.setName("victor-store-background");
                started.setDaemon(true);
                started.start();
                thread = started;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until what is under way has ended. */
    @Override
    public void close() {
        Thread ending;
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            changed.signal();
            ending = thread;
        } finally {
            lock.unlock();
        }
        if (ending != null && ending != Thread.currentThread()) {
            join(ending);
        }
    }

    private void run() {
        for (Runnable work = next(); work != null; work = next()) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                log.warn("something that the store does in the background failed; it is tried again later", e);
            }
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    private static void join(Thread ending) {
        boolean interrupted = false;
        while (ending.isAlive()) {
            try {
                ending.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
