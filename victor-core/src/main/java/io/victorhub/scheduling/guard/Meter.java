package io.victorhub.scheduling.guard;

import io.victorhub.scheduling.Budget;
import io.victorhub.scheduling.Budget.Limit;
import io.victorhub.scheduling.BudgetStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was spent in one scope, in the latest hours and days, and what may be. Guarded by the lock of {@link Budgets}.
 */
final class Meter {

    private static final Limit[] LIMITS = Limit.values();

    /** Late results belong to hours before, and a clock may be set back by a few. */
    static final int KEPT = 6;

    /** One hour or day. */
    static final class Cell {
        final long start;
        long runs;
        double cost;
        long pendingRuns;
        double pendingCost;

        Cell(long start) {
            this.start = start;
        }

        void pend(long moreRuns, double moreCost) {
            pendingRuns += moreRuns;
            pendingCost = pendingRuns == 0 ? 0 : pendingCost + moreCost; // what rounding left goes with the last one
        }

        double spent(boolean ofRuns) {
            return ofRuns ? runs : cost;
        }

        double pending(boolean ofRuns) {
            return ofRuns ? pendingRuns : pendingCost;
        }
    }

    final Budget.Scope scope;
    final @Nullable Cell[] hours = new @Nullable Cell[KEPT]; // in any order
    final @Nullable Cell[] days = new @Nullable Cell[KEPT];

    private final double[] most = {Double.NaN, Double.NaN, Double.NaN, Double.NaN}; // not a number: no limit
    private final boolean[] told = new boolean[LIMITS.length];
    private List<BudgetShelf.Grant> grants = List.of(); // few, if any
    private boolean limited;
    private boolean usedUp;

    Meter(Budget.Scope scope) {
        this.scope = scope;
    }

    /**
     * {@return the hour or day that begins then} The one that is farthest from the current one makes room: many late results
     * must not drive out what counts now.
     *
     * @param now when the current one begins
     */
    static Cell cell(@Nullable Cell[] cells, long start, long now) {
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

    /** {@return the hour or day that begins then; null if it is no longer kept} */
    static @Nullable Cell find(@Nullable Cell[] cells, long start) {
        for (Cell cell : cells) {
            if (begins(cell, start)) {
                return cell;
            }
        }
        return null;
    }

    private static boolean begins(@Nullable Cell cell, long start) {
        return cell != null && cell.start == start;
    }

    /** An attempt that began then is in the log. */
    void add(long hour, long day, double cost, long nowHour, long nowDay) {
        add(cell(hours, hour, nowHour), cost);
        add(cell(days, day, nowDay), cost);
    }

    private static void add(Cell cell, double cost) {
        cell.runs++;
        cell.cost += cost;
    }

    /** An attempt begins, in the current hour and day. */
    void begin(long hour, long day, double cost) {
        cell(hours, hour, hour).pend(1, cost);
        cell(days, day, day).pend(1, cost);
    }

    /** So many more attempts that began then are under way, which cost so much more. */
    void pend(long hour, long day, long runs, double cost) {
        Cell atHour = find(hours, hour);
        if (atHour != null) {
            atHour.pend(runs, cost);
        }
        Cell onDay = find(days, day);
        if (onDay != null) {
            onDay.pend(runs, cost);
        }
    }

    /** Grants are forgotten with it, and are given anew by whoever keeps them. */
    void limit(Budget budget) {
        grants = List.of();
        limited = !budget.limits().isEmpty();
        for (Limit limit : LIMITS) {
            most[limit.ordinal()] = budget.most(limit).orElse(Double.NaN);
            told[limit.ordinal()] = false;
        }
    }

    /** Allows more in some periods, beside what was allowed before. */
    void grant(BudgetShelf.Grant grant) {
        List<BudgetShelf.Grant> more = new ArrayList<>(grants);
        more.add(grant);
        grants = more;
        told[grant.limit().ordinal()] = false;
    }

    boolean isLimited() {
        return limited;
    }

    boolean isUsedUp() {
        return usedUp;
    }

    void usedUp(boolean now) {
        usedUp = now;
    }

    boolean has(Limit limit) {
        return !Double.isNaN(most[limit.ordinal()]);
    }

    double allowed(Limit limit, long start) {
        double allowed = most[limit.ordinal()];
        for (BudgetShelf.Grant grant : grants) {
            if (grant.limit() == limit && grant.start() == start) {
                allowed += grant.amount();
            }
        }
        return allowed;
    }

    /** {@return what is spent and pending of one kind in the period that begins then} */
    double spent(Limit limit, long start) {
        Cell cell = find(limit.isDaily() ? days : hours, start);
        boolean ofRuns = limit.isOfRuns();
        return cell == null ? 0 : cell.spent(ofRuns) + cell.pending(ofRuns);
    }

    /** {@return whether nothing more may begin, in these periods} */
    boolean reaches(long hour, long day) {
        for (Limit limit : LIMITS) {
            if (reaches(limit, limit.isDaily() ? day : hour)) {
                return true;
            }
        }
        return false;
    }

    boolean reaches(Limit limit, long start) {
        return has(limit) && BudgetStatus.reaches(spent(limit, start), allowed(limit, start));
    }

    /** {@return whether an attempt that counts among the runs already, and not among the costs, is too much} */
    boolean isTooMuch(long hour, long day) {
        for (Limit limit : LIMITS) {
            long start = limit.isDaily() ? day : hour;
            if (has(limit)
                    && (limit.isOfRuns()
                            ? spent(limit, start) > allowed(limit, start)
                            : reaches(limit, start))) {
                return true;
            }
        }
        return false;
    }

    /** {@return how many more attempts may begin; as many as there are where their number is not limited} */
    int runsLeft(long hour, long day) {
        return Math.min(runsLeft(Limit.RUNS_PER_HOUR, hour), runsLeft(Limit.RUNS_PER_DAY, day));
    }

    private int runsLeft(Limit limit, long start) {
        return has(limit)
                ? (int) Math.max(0, Math.min(Integer.MAX_VALUE, allowed(limit, start) - spent(limit, start)))
                : Integer.MAX_VALUE;
    }

    /** {@return whether somebody should be told that it is reached, which is said once} */
    boolean tellOnce(Limit limit) {
        boolean first = !told[limit.ordinal()];
        told[limit.ordinal()] = true;
        return first;
    }

    /** Another period has begun. */
    void forgetTold(boolean ofDay) {
        for (Limit limit : LIMITS) {
            if (limit.isDaily() == ofDay) {
                told[limit.ordinal()] = false;
            }
        }
    }

    BudgetStatus status(Limit limit, Periods.Period period) {
        Cell cell = find(limit.isDaily() ? days : hours, period.start());
        return new BudgetStatus(
                scope,
                limit,
                allowed(limit, period.start()),
                cell == null ? 0 : cell.spent(limit.isOfRuns()),
                cell == null ? 0 : cell.pending(limit.isOfRuns()),
                Instant.ofEpochMilli(period.end()));
    }
}
