package io.victorhub.scheduling.guard;

import org.jspecify.annotations.Nullable;

/**
 * An attempt that is under way, or has ended and was not yet seen in the log. It counts as what it is estimated to cost, and
 * then as what it did, in the hour and on the day in which it was leased. Guarded by the lock of {@link Budgets}.
 */
public final class Pending {

    final int round;
    final int attempt;
    final Meter type;

    @Nullable Meter skill; // once it is chosen

    volatile double cost; // read without the lock by whoever ends it
    boolean counted = true; // until it is in the log, or was none

    @Nullable Pending next; // of the same task

    private final Cell[] cells = new Cell[6]; // the hour and the day of the hub, of the type, and of the skill
    private int counts;

    Pending(int round, int attempt, Meter type) {
        this.round = round;
        this.attempt = attempt;
        this.type = type;
    }

    /** It counts there too from now on. */
    void count(Cell hour, Cell day) {
        cells[counts++] = hour;
        cells[counts++] = day;
        hour.pend(1, 0);
        day.pend(1, 0);
    }

    /** It costs that much. */
    void cost(double all) {
        double more = all - cost;
        cost = all;
        for (int i = 0; i < counts; i++) {
            cells[i].pend(0, more);
        }
    }

    /** It counts nowhere any more. */
    void leave() {
        counted = false;
        for (int i = 0; i < counts; i++) {
            cells[i].pend(-1, -cost);
        }
    }

    long hour() {
        return cells[0].start;
    }

    long day() {
        return cells[1].start;
    }
}
