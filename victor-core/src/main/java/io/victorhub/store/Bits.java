package io.victorhub.store;

import io.victorhub.spi.store.TaskStatus;

/** Status, priority and attempts of a task in one number below 2^30, and whether there is an {@link Extra}. */
final class Bits {

    private static final int STATUS_BITS = 3;
    private static final int PRIORITY_BITS = 4;
    private static final int HAS_EXTRA = 1 << STATUS_BITS + PRIORITY_BITS;
    private static final int ATTEMPTS_SHIFT = STATUS_BITS + PRIORITY_BITS + 1;
    private static final int MOST_ATTEMPTS = (1 << 30 - ATTEMPTS_SHIFT) - 1;
    private static final TaskStatus[] STATUSES = TaskStatus.values();

    private Bits() {}

    /** {@return a task without attempts or extra} */
    static int of(TaskStatus status, int priority) {
        return status.ordinal() | priority << STATUS_BITS;
    }

    static TaskStatus status(int bits) {
        return STATUSES[bits & (1 << STATUS_BITS) - 1];
    }

    static int withStatus(int bits, TaskStatus status) {
        return bits & -(1 << STATUS_BITS) | status.ordinal();
    }

    static int priority(int bits) {
        return bits >>> STATUS_BITS & (1 << PRIORITY_BITS) - 1;
    }

    static int attempts(int bits) {
        return bits >>> ATTEMPTS_SHIFT;
    }

    /** {@return the same with that many attempts, or as many as can be told} */
    static int withAttempts(int bits, int attempts) {
        return bits & (1 << ATTEMPTS_SHIFT) - 1 | Math.min(attempts, MOST_ATTEMPTS) << ATTEMPTS_SHIFT;
    }

    static boolean hasExtra(int bits) {
        return (bits & HAS_EXTRA) != 0;
    }

    static int withExtra(int bits) {
        return bits | HAS_EXTRA;
    }
}
