package io.victorhub.testkit;

import io.victorhub.Completion;
import io.victorhub.HubListener;
import io.victorhub.spi.Execution;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Hears which tasks were settled, and lets a test wait until the hub has told everybody so. */
final class SettledTasks implements HubListener {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition changed = lock.newCondition();
    private final Map<String, Integer> settled = new HashMap<>(); // by an attempt: how often
    private final Map<String, Integer> told = new HashMap<>();

    @Override
    public void attemptEnded(Execution execution) {
        if (execution.retryAt().isEmpty()) {
            lock.lock();
            try {
                settled.merge(execution.taskId(), 1, Integer::sum);
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void taskSettled(Completion completion) {
        lock.lock();
        try {
            told.merge(completion.taskId(), 1, Integer::sum);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all was told of the tasks that an attempt settled. */
    void awaitAttempts() {
        lock.lock();
        try {
            for (Map.Entry<String, Integer> task : settled.entrySet()) {
                await(task.getKey(), task.getValue());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the end of a task was told, at least once. */
    void await(String id) {
        lock.lock();
        try {
            await(id, 1);
        } finally {
            lock.unlock();
        }
    }

    private void await(String id, int times) {
        long left = PATIENCE_NANOS;
        try {
            while (told.getOrDefault(id, 0) < times) {
                if (left <= 0) {
                    throw new IllegalStateException("task " + id
                            + " is settled, but the hub has told nobody for 30 seconds; does a listener block?");
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the test was interrupted while it waited for the end of task " + id, e);
        }
    }
}
