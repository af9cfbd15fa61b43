package io.victorhub.scheduling.guard;

import io.victorhub.scheduling.Budget.Kind;
import io.victorhub.scheduling.Budget.Limit;
import io.victorhub.scheduling.BudgetStatus;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has used up what there was: known at any time without looking, told to whoever wants to know, and looked at again when
 * the period ends. Changed under the lock of {@link Budgets}.
 */
final class UsedUp {

    private static final Logger log = LoggerFactory.getLogger(UsedUp.class);

    /** A clock that is set forward is noticed after that long. */
    private static final long LONGEST_SLEEP_MILLIS = 1000;

    private final ScheduledExecutorService timer;
    private final Consumer<BudgetStatus> alarm;
    private final Runnable lookAgain;
    private final Queue<BudgetStatus> toTell = new ConcurrentLinkedQueue<>();
    private boolean watching;
    private volatile boolean freed;
    private volatile boolean hub;
    private volatile boolean hubHasFewRuns;
    private volatile int typesWithFewRuns;
    private volatile Set<String> types = Set.of();
    private volatile Set<String> skills = Set.of();

    /**
     * @param alarm told on the timer, without locks
     * @param lookAgain called on the timer after a while, as long as something is used up
     */
    UsedUp(ScheduledExecutorService timer, Consumer<BudgetStatus> alarm, Runnable lookAgain) {
        this.timer = timer;
        this.alarm = alarm;
        this.lookAgain = lookAgain;
    }

    boolean hub() {
        return hub;
    }

    boolean hubHasFewRuns() {
        return hubHasFewRuns;
    }

    boolean anyTypeHasFewRuns() {
        return typesWithFewRuns > 0;
    }

    Set<String> types() {
        return types;
    }

    /** {@return the skills; another set when they change} */
    Set<String> skills() {
        return skills;
    }

    /** Sees whether a scope has used up its budget now, after something was spent or allowed. */
    void look(Meter meter, Current current, long now) {
        if (!meter.isLimited() && !meter.isUsedUp() && !meter.hasFewRuns()) {
            return;
        }
        if (meter.changedToFewRuns(Budgets.FEW_RUNS)) {
            fewRuns(meter);
        }
        boolean reached = meter.isReached();
        if (reached) {
            tell(meter, current);
        }
        if (reached == meter.isUsedUp()) {
            return;
        }
        meter.usedUp(reached);
        String name = meter.scope.name();
        if (meter.scope.kind() == Kind.HUB) {
            hub = reached;
        } else if (meter.scope.kind() == Kind.TYPE) {
            types = with(types, name, reached);
        } else {
            skills = with(skills, name, reached);
        }
        if (reached) {
            watch(current, now);
        } else {
            freed = true;
        }
    }

    private void fewRuns(Meter meter) {
        if (meter.scope.kind() == Kind.HUB) {
            hubHasFewRuns = meter.hasFewRuns();
        } else if (meter.scope.kind() == Kind.TYPE) {
            typesWithFewRuns = typesWithFewRuns + (meter.hasFewRuns() ? 1 : -1);
        }
    }

    /** The timer has looked; it does so again while something is used up. */
    void looked(Current current, long now) {
        watching = false;
        if (hub || !types.isEmpty() || !skills.isEmpty()) {
            watch(current, now);
        }
    }

    /** {@return how the first limit stands that is reached} */
    static BudgetStatus reached(Meter meter, Current current) {
        for (Limit limit : Limit.values()) {
            if (meter.isReached(limit)) {
                return meter.status(limit, current.of(limit).end());
            }
        }
        throw new IllegalStateException("the budget of " + meter.scope.text() + " is not used up");
    }

    /** Without the lock: if something may begin now that might not before, it is looked for. */
    void afterwards(Runnable lookForWork) {
        if (freed) {
            freed = false;
            later(lookForWork, 0);
        }
    }

    private void tell(Meter meter, Current current) {
        for (Limit limit : Limit.values()) {
            if (meter.isReached(limit) && meter.tellOnce(limit)) {
                toTell.add(meter.status(limit, current.of(limit).end()));
                later(this::tellAll, 0);
            }
        }
    }

    private void tellAll() {
        for (BudgetStatus next = toTell.poll(); next != null; next = toTell.poll()) {
            alarm.accept(next);
        }
    }

    private void watch(Current current, long now) {
        if (!watching) {
            watching = later(lookAgain, Math.max(1, Math.min(LONGEST_SLEEP_MILLIS, current.end() - now)));
        }
    }

    private boolean later(Runnable action, long millis) {
        try {
            var unused = timer.schedule(action, millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("the hub closes", e);
            return false;
        }
    }

    private static Set<String> with(Set<String> names, String name, boolean there) {
        Set<String> changed = new TreeSet<>(names);
        if (there) {
            changed.add(name);
        } else {
            changed.remove(name);
        }
        return Set.copyOf(changed);
    }
}
