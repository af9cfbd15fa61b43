package io.victorhub.scheduling.guard;

/** What was spent in one hour or on one day, and what is under way. Guarded by the lock of {@link Budgets}. */
final class Cell {

    final long start; // in milliseconds
    long runs;
    double cost;
    long pendingRuns;
    double pendingCost;

    Cell(long start) {
        this.start = start;
    }

    /** An attempt that began then is in the log. */
    void add(double itsCost) {
        runs++;
        cost += itsCost;
    }

    /** So many more attempts are under way, which cost so much more. */
    void pend(int moreRuns, double moreCost) {
        pendingRuns += moreRuns;
        pendingCost = pendingRuns == 0 ? 0 : pendingCost + moreCost; // what rounding left goes with the last one
    }

    double allCost() {
        return cost + pendingCost;
    }

    long allRuns() {
        return runs + pendingRuns;
    }
}
