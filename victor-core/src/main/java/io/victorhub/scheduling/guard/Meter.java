package io.victorhub.scheduling.guard;

import io.victorhub.scheduling.Budget;
import io.victorhub.scheduling.Budget.Limit;
import io.victorhub.scheduling.BudgetStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was spent in one scope, in the latest hours and days, and what may be in the current ones. Asked several times for
 * each attempt, so what it compares is computed beforehand. Guarded by the lock of {@link Budgets}.
 */
final class Meter {

    private static final Limit[] LIMITS = Limit.values();

    /** Late results belong to hours before, and a clock may be set back by a few. */
    static final int KEPT = 6;

    final Budget.Scope scope;
    final @Nullable Cell[] hours = new @Nullable Cell[KEPT]; // in any order
    final @Nullable Cell[] days = new @Nullable Cell[KEPT];

    private Cell hour; // the current ones, which are in the arrays
    private Cell day;
    private Budget budget;
    private List<BudgetShelf.Grant> grants = List.of(); // few, if any
    private final double[] reached = new double[LIMITS.length]; // from there on a limit is, in the current period
    private final boolean[] told = new boolean[LIMITS.length];
    private boolean usedUp;
    private boolean fewRuns;

    /**
     * @param nowHour when the current hour begins
     * @param nowDay when the current day does
     */
    Meter(Budget.Scope scope, long nowHour, long nowDay) {
        this.scope = scope;
        this.budget = new Budget(scope, Map.of());
        this.hour = cell(hours, nowHour, nowHour);
        this.day = cell(days, nowDay, nowDay);
        Arrays.fill(reached, Double.POSITIVE_INFINITY);
    }

    /** Another hour or day is the current one. */
    void now(long nowHour, long nowDay) {
        boolean anotherHour = hour.start != nowHour;
        boolean anotherDay = day.start != nowDay;
        hour = cell(hours, nowHour, nowHour);
        day = cell(days, nowDay, nowDay);
        for (Limit limit : LIMITS) {
            told[limit.ordinal()] &= limit.isDaily() ? !anotherDay : !anotherHour;
        }
        compute();
    }

    /** {@return the hour that begins then} */
    Cell hour(long start) {
        return hour.start == start ? hour : cell(hours, start, hour.start);
    }

    /** {@return the day that begins then} */
    Cell day(long start) {
        return day.start == start ? day : cell(days, start, day.start);
    }

    /**
     * {@return the hour or day that begins then} The one that is farthest from the current one makes room: many late results
     * must not drive out what counts now.
     */
    private static Cell cell(@Nullable Cell[] cells, long start, long now) {
        int room = 0;
        long farthest = -1;
        for (int i = 0; i < KEPT; i++) {
            Cell cell = cells[i];
            if (cell == null) {
                room = i;
                farthest = Long.MAX_VALUE;
            } else if (cell.start == start) {
                return cell;
            } else if (Math.abs(cell.start - now) > farthest) {
                room = i;
                farthest = Math.abs(cell.start - now);
            }
        }
        Cell made = new Cell(start);
        if (Math.abs(start - now) < farthest) {
            cells[room] = made;
        }
        return made;
    }

    /** Sets its limits. Grants are forgotten with it, and are given anew by whoever keeps them. */
    void limit(Budget other) {
        budget = other;
        grants = List.of();
        Arrays.fill(told, false);
        compute();
    }

    /** Allows more in some period, beside what was allowed before. */
    void grant(BudgetShelf.Grant grant) {
        List<BudgetShelf.Grant> more = new ArrayList<>(grants);
        more.add(grant);
        grants = more;
        told[grant.limit().ordinal()] = false;
        compute();
    }

    private void compute() {
        for (Limit limit : LIMITS) {
            reached[limit.ordinal()] =
                    has(limit) ? BudgetStatus.reachedFrom(allowed(limit), limit) : Double.POSITIVE_INFINITY;
        }
    }

    boolean isLimited() {
        return !budget.limits().isEmpty();
    }

    boolean isUsedUp() {
        return usedUp;
    }

    void usedUp(boolean now) {
        usedUp = now;
    }

    boolean has(Limit limit) {
        return budget.limits().containsKey(limit);
    }

    /** {@return whether nothing more may begin} */
    boolean isReached() {
        return hour.allCost() >= reached[0]
                || day.allCost() >= reached[1]
                || hour.allRuns() >= reached[2]
                || day.allRuns() >= reached[3];
    }

    /** {@return whether an attempt that counts among the runs already, and not among the costs, is too much} */
    boolean isTooMuch() {
        return hour.allCost() >= reached[0]
                || day.allCost() >= reached[1]
                || hour.allRuns() > reached[2]
                || day.allRuns() > reached[3];
    }

    boolean isReached(Limit limit) {
        Cell cell = limit.isDaily() ? day : hour;
        return (limit.isOfRuns() ? cell.allRuns() : cell.allCost()) >= reached[limit.ordinal()];
    }

    /** {@return how many more attempts may begin; as many as there are where their number is not limited} */
    int runsLeft() {
        double left = Math.min(reached[2] - hour.allRuns(), reached[3] - day.allRuns());
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, left));
    }

    /** {@return whether it has so few runs left now, or more again, unlike when it was asked last} */
    boolean changedToFewRuns(int few) {
        boolean before = fewRuns;
        fewRuns = hour.allRuns() > reached[2] - few || day.allRuns() > reached[3] - few;
        return before != fewRuns;
    }

    boolean hasFewRuns() {
        return fewRuns;
    }

    /** {@return whether somebody should be told that it is reached, which is said once} */
    boolean tellOnce(Limit limit) {
        boolean first = !told[limit.ordinal()];
        told[limit.ordinal()] = true;
        return first;
    }

    /** @param until when the current period ends */
    BudgetStatus status(Limit limit, long until) {
        Cell cell = limit.isDaily() ? day : hour;
        boolean ofRuns = limit.isOfRuns();
        return new BudgetStatus(
                scope,
                limit,
                allowed(limit),
                ofRuns ? cell.runs : cell.cost,
                ofRuns ? cell.pendingRuns : cell.pendingCost,
                Instant.ofEpochMilli(until));
    }

    private double allowed(Limit limit) {
        long start = limit.isDaily() ? day.start : hour.start;
        double allowed = budget.most(limit).orElseThrow();
        for (BudgetShelf.Grant grant : grants) {
            if (grant.limit() == limit && grant.start() == start) {
                allowed += grant.amount();
            }
        }
        return allowed;
    }
}
