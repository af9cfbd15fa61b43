package io.victorhub.scheduling.guard;

import io.victorhub.scheduling.Budget;
import io.victorhub.scheduling.Budget.Kind;
import io.victorhub.scheduling.Budget.Limit;
import io.victorhub.scheduling.BudgetStatus;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.StorageException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what may begin within the budgets. Costs nothing where there are none, and else a few additions for each attempt: who
 * has used up what is known beforehand. May be used by any thread.
 */
public final class Budgets {

    private static final Logger log = LoggerFactory.getLogger(Budgets.class);
    /** The lock is held for a few microseconds then. */
    private static final int MOST_TO_LEARN = 100;

    /** Where more are left, no turn can exceed them, and nobody needs to count them. */
    static final int FEW_RUNS = 10_000;

    /** A clock may be set back over the end of a day. */
    private static final long GRANTS_KEPT_MILLIS = TimeUnit.DAYS.toMillis(2);

    private final InstantSource clock;
    private final ZoneId zone;
    private final ScheduledExecutorService timer;
    private final BudgetShelf shelf;
    private final Periods periods;
    private final BriefLock lock = new BriefLock(); // guards all below
    private final UsedUp usedUp;
    private final Consumer<Meter> touched = this::refresh;
    private final List<LogPage.Logged> toLearn = new ArrayList<>(); // of whoever learns
    private Spending spending;
    private volatile Current current = new Current(new Periods.Period(0, 0), new Periods.Period(0, 0));
    private volatile List<Meter> limited = List.of();
    private volatile List<Meter> typesOfSoManyRuns = List.of();
    private volatile boolean skillsAreLimited;
    private volatile Runnable look = () -> {};
    private volatile boolean following; // the log; so there are budgets, or there were
    private volatile long lastMillis; // when the clock was looked at

    /**
     * Reads what people changed and granted.
     *
     * @param configured what the host wants, where no person wanted something else
     * @param timer looks again when a period ends, tells of what is used up, and keeps what was spent now and then
     * @param alarm told once when a limit is reached, in each period
     */
    public Budgets(
            StateStore state,
            InstantSource clock,
            ZoneId zone,
            Collection<Budget> configured,
            ScheduledExecutorService timer,
            Consumer<BudgetStatus> alarm) {
        this.clock = clock;
        this.zone = zone;
        this.timer = timer;
        this.periods = new Periods(zone);
        this.spending = new Spending(new Periods(zone), 0, 0);
        this.shelf = new BudgetShelf(state, configured);
        this.usedUp = new UsedUp(timer, alarm, this::lookAgain);
    }

    /** {@return whether there is a budget, so that the log must be followed} */
    public boolean areThere() {
        return !shelf.budgets().isEmpty();
    }

    /** {@return whether the log is followed} */
    public boolean isFollowing() {
        return following;
    }

    /** Names who looks for work when something may begin that might not before; called on the timer. */
    public void onFreed(Runnable looks) {
        look = looks;
    }

    /**
     * Learns what was spent before: what was kept last, and what the log says since then. From here on it must be told of
     * every entry behind {@code until}.
     */
    public void recover(ExecutionLog entries, Position until) {
        lock.run(() -> {
            if (following) {
                return;
            }
            long now = millis();
            current = new Current(periods.hour(now), periods.day(now));
            empty();
            byte[] kept = shelf.spent();
            if (kept != null && !SpendingCodec.read(kept, zone.getId(), spending)) {
                log.info("what was spent is counted anew from the log: it was kept in another zone, or cannot be read");
                empty();
            }
            try {
                spending.read(entries, until);
            } catch (IllegalArgumentException e) { // it was kept for another log
                log.warn("what was spent is counted anew from the log, which is not the one that it was kept for", e);
                empty();
                spending.read(entries, until);
            }
            spending.position(until);
            following = true;
            applyLimits();
        });
        afterwards();
    }

    private void empty() {
        spending = new Spending(
                new Periods(zone), current.hour().start(), current.day().start());
    }

    /**
     * Takes in an entry of the log, in its order: now, or with others at {@link #learnAll}. Both are called by one thread at a
     * time. Until then it counts as pending.
     */
    public void learn(Position behind, LogEntry entry) {
        if (!following) {
            return;
        }
        toLearn.add(new LogPage.Logged(behind, entry));
        if (toLearn.size() >= MOST_TO_LEARN) {
            learnAll();
        }
    }

    /** Takes in what it was told of and has not taken in yet. */
    public void learnAll() {
        if (toLearn.isEmpty()) {
            return;
        }
        lock.acquire();
        try {
            for (LogPage.Logged logged : toLearn) {
                spending.learn(logged.position(), logged.entry(), touched);
            }
        } finally {
            lock.release();
        }
        afterwards();
        if (shelf.isDue(toLearn.size())) {
            shelf.keepOn(timer, this::save);
        }
        toLearn.clear();
    }

    /** {@return whether the hub's own budget leaves anything} */
    public boolean allowAny() {
        if (!usedUp.hub()) {
            return true;
        }
        roll();
        return !usedUp.hub();
    }

    /** {@return how many attempts may begin at most, of so many; looks at the clock first, for all that is asked then} */
    public int most(int max) {
        if (!following || limited.isEmpty()) {
            return max;
        }
        roll();
        if (!usedUp.hubHasFewRuns()) {
            return Math.min(max, FEW_RUNS); // or it could exceed what it need not count
        }
        lock.acquire();
        try {
            return Math.max(1, Math.min(max, spending.hub().runsLeft()));
        } finally {
            lock.release();
        }
    }

    /** {@return the types of which nothing may begin} */
    public Set<String> usedUpTypes() {
        return usedUp.types();
    }

    /** {@return the skills that may not be called; another set when they change} */
    public Set<String> usedUpSkills() {
        return usedUp.skills();
    }

    /** {@return the room of each type, within what is left of its runs} */
    public Map<String, Integer> within(Map<String, Integer> room) {
        if (!following || typesOfSoManyRuns.isEmpty() || !usedUp.anyTypeHasFewRuns()) {
            return room;
        }
        Map<String, Integer> less = new HashMap<>(room);
        lock.acquire();
        try {
            for (Meter meter : typesOfSoManyRuns) {
                less.merge(meter.scope.name(), meter.runsLeft(), Math::min);
            }
        } finally {
            lock.release();
        }
        return less;
    }

    /** A task was leased; {@return what it counts as from now on, null if nothing is counted} */
    public @Nullable Pending leased(Lease lease) {
        if (!following) {
            return null;
        }
        lock.acquire();
        try {
            return begin(lease);
        } finally {
            lock.release();
        }
    }

    /**
     * {@return the same for a task that nobody leased}
     *
     * @throws UsedUpException if a budget does not allow it
     */
    public @Nullable Pending enter(Lease lease) throws UsedUpException {
        if (!following) {
            return null;
        }
        roll();
        lock.acquire();
        try {
            Meter type = spending.type(lease.task().type());
            for (Meter meter : List.of(spending.hub(), type)) {
                if (meter.isUsedUp()) {
                    throw new UsedUpException(UsedUp.reached(meter, current).text());
                }
            }
            return begin(lease);
        } finally {
            lock.release();
        }
    }

    private Pending begin(Lease lease) {
        Pending begun = spending.begin(lease);
        refresh(spending.hub());
        refresh(begun.type);
        return begun;
    }

    /** Its skill is chosen; {@return whether it may be called: others that ran meanwhile may have used up what was left} */
    public boolean mayCall(@Nullable Pending one, String skill, double estimate) {
        if (one == null) {
            return true;
        }
        double cost = estimate > 0 && estimate < Double.POSITIVE_INFINITY ? estimate : 0;
        if (cost == 0 && !skillsAreLimited && !usedUp.hub() && !usedUp.types().contains(one.type.scope.name())) {
            return true; // as nearly always: it changes nothing
        }
        lock.acquire();
        try {
            Meter called = spending.skill(skill);
            if (spending.hub().isTooMuch() || one.type.isTooMuch() || called.isReached()) {
                refresh(called);
                return false;
            }
            Spending.choose(one, called, cost);
            refresh(spending.hub());
            refresh(one.type);
            refresh(called);
            return true;
        } finally {
            lock.release();
        }
    }

    /** An attempt has ended, and is about to be put on record: what it did cost counts from now on. */
    public void ending(@Nullable Pending one, @Nullable LogEntry entry) {
        if (one == null) {
            return;
        }
        double cost = entry instanceof Execution execution ? execution.details().cost() : 0;
        if (one.cost == cost) {
            return;
        }
        lock.acquire();
        try {
            if (one.counted) {
                one.cost(cost);
                refresh(one);
            }
        } finally {
            lock.release();
        }
        afterwards();
    }

    /** Its end is on record, or is not: then, or where it was no attempt, the log will not tell of it. */
    public void ended(@Nullable Pending one, Settlement settlement, Outcome outcome) {
        boolean told = outcome == Outcome.RECORDED
                && settlement.entry().orElse(null) instanceof Execution execution
                && Spending.isRun(execution);
        if (!told) {
            forget(one, settlement.lease().taskId());
        }
    }

    /** It counts no more. */
    public void forget(@Nullable Pending one, String taskId) {
        if (one == null) {
            return;
        }
        lock.acquire();
        try {
            spending.forget(taskId, one);
            refresh(one);
        } finally {
            lock.release();
        }
        afterwards();
    }

    /** Limits a scope otherwise from now on, whatever the host wants; kept. The log must be followed. */
    public void change(Budget budget) {
        shelf.change(budget);
        lock.run(this::applyLimits);
        afterwards();
    }

    /** Allows more in the current hour and day, in what is limited; kept. The log must be followed. */
    public void grant(Budget more) {
        roll();
        List<BudgetShelf.Grant> grants = new ArrayList<>();
        lock.run(() -> more.limits()
                .forEach((limit, amount) -> grants.add(new BudgetShelf.Grant(
                        more.scope(), limit, current.of(limit).start(), amount))));
        shelf.grant(grants, current.day().start() - GRANTS_KEPT_MILLIS);
        lock.run(() -> {
            grants.forEach(this::apply);
            refresh(spending.of(more.scope()));
        });
        afterwards();
    }

    /** {@return the budget of a scope as it holds now; one without limits if there is none} */
    public Budget budget(Budget.Scope scope) {
        return shelf.budgets().stream()
                .filter(budget -> budget.scope().equals(scope))
                .findFirst()
                .orElseGet(() -> new Budget(scope, Map.of()));
    }

    /** {@return how every limit stands, the hub's first} */
    public List<BudgetStatus> all() {
        if (!following) {
            return List.of();
        }
        roll();
        List<BudgetStatus> all = new ArrayList<>();
        lock.run(() -> {
            for (Meter meter : limited) {
                for (Limit limit : Limit.values()) {
                    if (meter.has(limit)) {
                        all.add(meter.status(limit, current.of(limit).end()));
                    }
                }
            }
        });
        return all;
    }

    /** {@return how long until the first period ends; at least a millisecond} */
    public long millisUntilNext() {
        return Math.max(1, current.end() - millis());
    }

    /** Keeps what was spent, so that the next start need not read all of the log. Throws nothing. */
    public void save() {
        if (!following) {
            return;
        }
        try {
            shelf.save(() -> lock.get(() -> SpendingCodec.write(spending, zone.getId())));
        } catch (StorageException | IllegalArgumentException e) {
            log.warn("what was spent of the budgets could not be kept; the next start reads more of the log", e);
        }
    }

    /** Under the lock. */
    private void applyLimits() {
        List<Meter> all = new ArrayList<>();
        List<Meter> runs = new ArrayList<>();
        for (Budget budget : shelf.budgets()) {
            Meter meter = spending.of(budget.scope());
            meter.limit(budget);
            if (meter.isLimited()) {
                all.add(meter);
            } else {
                refresh(meter);
            }
            if (meter.scope.kind() == Kind.TYPE && (meter.has(Limit.RUNS_PER_DAY) || meter.has(Limit.RUNS_PER_HOUR))) {
                runs.add(meter);
            }
        }
        limited = all;
        typesOfSoManyRuns = runs;
        shelf.grants().forEach(this::apply);
        skillsAreLimited = all.stream().anyMatch(meter -> meter.scope.kind() == Kind.SKILL);
        all.forEach(this::refresh);
    }

    /** Under the lock. */
    private void apply(BudgetShelf.Grant grant) {
        spending.of(grant.scope()).grant(grant);
    }

    /** Goes on to the current hour and day. */
    private void roll() {
        long now = millis();
        if (current.holds(now)) {
            return;
        }
        lock.run(() -> {
            current = new Current(periods.hour(now), periods.day(now));
            spending.now(current.hour().start(), current.day().start());
            limited.forEach(this::refresh);
        });
        afterwards();
    }

    private void refresh(Pending one) {
        refresh(spending.hub());
        refresh(one.type);
        Meter skill = one.skill;
        if (skill != null) {
            refresh(skill);
        }
    }

    /** Under the lock. */
    private void refresh(Meter meter) {
        usedUp.look(meter, current, lastMillis);
    }

    private void lookAgain() {
        roll();
        lock.run(() -> usedUp.looked(current, lastMillis));
    }

    private void afterwards() {
        usedUp.afterwards(() -> look.run());
    }

    private long millis() {
        long now = Spending.millis(clock.instant());
        lastMillis = now;
        return now;
    }
}
