package io.victorhub.scheduling.guard;

import io.victorhub.scheduling.Budget;
import io.victorhub.scheduling.Budget.Kind;
import io.victorhub.scheduling.Budget.Scope;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was spent: a fold of the log up to a position, and beside it the attempts that the log does not show yet. An attempt
 * is in one of the two, so nothing counts twice, and nothing that was spent is overlooked. Guarded by the lock of
 * {@link Budgets}.
 */
final class Spending {

    private final Map<String, Meter> types = new HashMap<>();
    private final Map<String, Meter> skills = new HashMap<>();
    private final Map<String, Pending> pending = new HashMap<>(); // by the task's id, the oldest first
    private final Periods seen; // those of the log, which may be others than the current ones
    private final Meter hub = new Meter(new Scope(Kind.HUB, ""));
    private Position position = Position.START;
    private long nowHour;
    private long nowDay;

    Spending(Periods seen) {
        this.seen = seen;
    }

    Meter hub() {
        return hub;
    }

    Meter type(String name) {
        Meter known = types.get(name);
        return known == null
                ? types.computeIfAbsent(name, type -> new Meter(new Scope(Kind.TYPE, type)))
                : known;
    }

    Meter skill(String name) {
        Meter known = skills.get(name);
        return known == null
                ? skills.computeIfAbsent(name, skill -> new Meter(new Scope(Kind.SKILL, skill)))
                : known;
    }

    Meter of(Scope scope) {
        return scope.kind() == Kind.HUB ? hub : scope.kind() == Kind.TYPE ? type(scope.name()) : skill(scope.name());
    }

    /** {@return the hub's, then those of types, then those of skills} */
    Collection<Meter> all() {
        List<Meter> all = new ArrayList<>(1 + types.size() + skills.size());
        all.add(hub);
        all.addAll(types.values());
        all.addAll(skills.values());
        return all;
    }

    /** Another hour or day has begun. */
    void now(long hour, long day) {
        nowHour = hour;
        nowDay = day;
    }

    long nowHour() {
        return nowHour;
    }

    long nowDay() {
        return nowDay;
    }

    /** {@return the place in the log up to which it was folded} */
    Position position() {
        return position;
    }

    void position(Position folded) {
        position = folded;
    }

    /** An attempt begins. */
    Pending begin(Lease lease) {
        Pending begun =
                new Pending(lease.round(), lease.attempt(), type(lease.task().type()), nowHour, nowDay);
        Pending before = pending.putIfAbsent(lease.taskId(), begun);
        if (before != null) {
            while (before.next != null) {
                before = before.next;
            }
            before.next = begun;
        }
        hub.begin(nowHour, nowDay, 0);
        begun.type.begin(nowHour, nowDay, 0);
        return begun;
    }

    /** Its skill is chosen, and says what it will cost. */
    void choose(Pending one, Meter skill, double cost) {
        one.skill = skill;
        if (one.hour == nowHour && one.day == nowDay) {
            skill.begin(one.hour, one.day, 0);
        } else {
            skill.pend(one.hour, one.day, 1, 0);
        }
        cost(one, cost);
    }

    /** It costs that much. */
    void cost(Pending one, double cost) {
        double more = cost - one.cost;
        if (more == 0 || !one.counted) {
            return;
        }
        one.cost = cost;
        change(one, 0, more);
    }

    /** It has not begun after all, or nobody will hear of it. */
    void forget(String taskId, Pending one) {
        if (!one.counted) {
            return;
        }
        unlink(taskId, one);
        leave(one);
    }

    /**
     * Takes in an entry of the log.
     *
     * @param touched gets each meter that it changed
     */
    void learn(Position behind, LogEntry entry, Consumer<Meter> touched) {
        position = behind;
        if (!(entry instanceof Execution execution) || !isRun(execution)) {
            return;
        }
        Pending seenFirst = unlink(execution);
        if (seenFirst != null) {
            leave(seenFirst);
        }
        long at = millis(execution.startedAt());
        long hour = seen.hour(at).start();
        long day = seen.day(at).start();
        double cost = execution.details().cost();
        Meter type = seenFirst == null ? type(execution.type()) : seenFirst.type;
        hub.add(hour, day, cost, nowHour, nowDay);
        type.add(hour, day, cost, nowHour, nowDay);
        touched.accept(hub);
        touched.accept(type);
        if (execution.skill().isPresent()) {
            Meter skill = skill(execution.skill().get().name());
            skill.add(hour, day, cost, nowHour, nowDay);
            touched.accept(skill);
        }
    }

    /** A task for which nobody was called is no attempt; one whose process died is, though nobody knows by whom. */
    static boolean isRun(Execution execution) {
        return execution.skill().isPresent()
                || execution.trouble().isPresent()
                        && execution.trouble().get().reason() == Reason.LOST;
    }

    /** Far beyond what any zone has days for, all instants are alike. */
    static long millis(Instant at) {
        long seconds = Math.max(-1L << 40, Math.min(1L << 40, at.getEpochSecond()));
        return seconds * 1000 + at.getNano() / 1_000_000;
    }

    private void leave(Pending one) {
        one.counted = false;
        change(one, -1, -one.cost);
    }

    private void change(Pending one, long runs, double cost) {
        change(hub, one, runs, cost);
        change(one.type, one, runs, cost);
        Meter skill = one.skill;
        if (skill != null) {
            change(skill, one, runs, cost);
        }
    }

    private static void change(Meter meter, Pending one, long runs, double cost) {
        meter.pend(one.hour, one.day, runs, cost);
    }

    /** {@return the oldest of the same attempt, which is no longer there; null if there is none} */
    private @Nullable Pending unlink(Execution execution) {
        for (Pending one = pending.get(execution.taskId()); one != null; one = one.next) {
            if (one.round == execution.round() && one.attempt == execution.attempt()) {
                unlink(execution.taskId(), one);
                return one;
            }
        }
        return null;
    }

    private void unlink(String taskId, Pending one) {
        Pending first = pending.get(taskId);
        if (first == one) {
            if (one.next == null) {
                pending.remove(taskId);
            } else {
                pending.put(taskId, one.next);
            }
            return;
        }
        for (Pending before = first; before != null; before = before.next) {
            if (before.next == one) {
                before.next = one.next;
                return;
            }
        }
    }
}
