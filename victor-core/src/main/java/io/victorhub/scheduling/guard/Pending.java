package io.victorhub.scheduling.guard;

import org.jspecify.annotations.Nullable;

/**
 * An attempt that is under way, or has ended and was not yet seen in the log. It counts as what it is estimated to cost, and
 * then as what it did. Guarded by the lock of {@link Budgets}.
 */
public final class Pending {

    final int round;
    final int attempt;
    final Meter type;
    final long hour;
    final long day;

    @Nullable Meter skill; // once it is chosen

    double cost;
    boolean counted = true; // until it is in the log, or was none

    @Nullable Pending next; // of the same task

    Pending(int round, int attempt, Meter type, long hour, long day) {
        this.round = round;
        this.attempt = attempt;
        this.type = type;
        this.hour = hour;
        this.day = day;
    }
}
