package io.victorhub.journal;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Forces within a while what need not be forced at once. Its thread waits without end while there is nothing. */
final class Flusher {

    private static final long NOTHING = 0;

    private final ThreadFactory threads;
    private final long withinNanos;
    private final Runnable force;
    private final ReentrantLock lock = new ReentrantLock(); // guards that one thread is made, and none after the end
    private volatile @Nullable Thread thread;
    private volatile boolean ended;
    private volatile long due = NOTHING;

    /**
     * One that is not at work.
     *
     * @param force forces what was written before, or knows by itself that nothing can be forced any more
     */
    Flusher(ThreadFactory threads, Duration within, Runnable force) {
        this.threads = threads;
        this.withinNanos = within.toNanos();
        this.force = force;
    }

    /** Something was written that is to be forced within the while that begins now. */
    void written() {
        if (due != NOTHING) {
            return;
        }
        long at = System.nanoTime() + withinNanos;
        due = at == NOTHING ? 1 : at;
        Thread known = thread;
        if (known == null) {
            begin();
        } else {
            LockSupport.unpark(known);
        }
    }

    /** Ends the thread, and waits until it has ended. */
    void end() {
        @Nullable Thread last;
        lock.lock();
        try {
            ended = true;
            last = thread;
        } finally {
            lock.unlock();
        }
        if (last == null || last == Thread.currentThread()) {
            return;
        }
        LockSupport.unpark(last);
        boolean interrupted = false;
        while (last.isAlive()) {
            try {
                last.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin() {
        lock.lock();
        try {
            if (thread == null && !ended) {
                Thread made = threads.newThread(this::run);
                made.start();
                thread = made;
            }
        } catch (RuntimeException | Error e) {
            due = NOTHING; // the next time it is tried again
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!ended) {
            long at = due;
            if (at == NOTHING) {
                LockSupport.park(this);
            } else if (at - System.nanoTime() > 0) {
                LockSupport.parkNanos(this, at - System.nanoTime());
            } else {
                due = NOTHING; // before the force: what is written from now on may not be in it
                force.run();
            }
            boolean ignored = Thread.interrupted(); // or it would not wait any more; it ends with the journal
        }
    }
}
