package io.victorhub.scheduling.guard;

import io.victorhub.scheduling.Budget.Kind;
import io.victorhub.scheduling.Budget.Scope;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LogPage;
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

    private static final int PAGE = 1000;

    private final Map<String, Meter> types = new HashMap<>();
    private final Map<String, Meter> skills = new HashMap<>();
    private final Map<String, Pending> pending = new HashMap<>(); // by the task's id, the oldest first
    private final Periods seen; // those of the log, which may be others than the current ones
    private final Meter hub;
    private Position position = Position.START;
    private long nowHour;
    private long nowDay;

    /**
     * @param nowHour when the current hour begins
     * @param nowDay when the current day does
     */
    Spending(Periods seen, long nowHour, long nowDay) {
        this.seen = seen;
        this.nowHour = nowHour;
        this.nowDay = nowDay;
        this.hub = new Meter(new Scope(Kind.HUB, ""), nowHour, nowDay);
    }

    Meter hub() {
        return hub;
    }

    Meter type(String name) {
        Meter known = types.get(name);
        return known == null
                ? types.computeIfAbsent(name, type -> new Meter(new Scope(Kind.TYPE, type), nowHour, nowDay))
                : known;
    }

    Meter skill(String name) {
        Meter known = skills.get(name);
        return known == null
                ? skills.computeIfAbsent(name, skill -> new Meter(new Scope(Kind.SKILL, skill), nowHour, nowDay))
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
        all().forEach(meter -> meter.now(hour, day));
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
        Meter type = type(lease.task().type());
        Pending begun = new Pending(lease.round(), lease.attempt(), type);
        Pending before = pending.putIfAbsent(lease.taskId(), begun);
        if (before != null) {
            while (before.next != null) {
                before = before.next;
            }
            before.next = begun;
        }
        begun.count(hub.hour(nowHour), hub.day(nowDay));
        begun.count(type.hour(nowHour), type.day(nowDay));
        return begun;
    }

    /** Its skill is chosen, and says what it will cost. */
    static void choose(Pending one, Meter skill, double cost) {
        one.skill = skill;
        one.count(skill.hour(one.hour()), skill.day(one.day()));
        one.cost(cost);
    }

    /** It has not begun after all, or nobody will hear of it. */
    void forget(String taskId, Pending one) {
        if (!one.counted) {
            return;
        }
        unlink(taskId, one);
        one.leave();
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
            seenFirst.leave();
        }
        long at = millis(execution.startedAt());
        long hour = seen.hour(at).start();
        long day = seen.day(at).start();
        double cost = execution.details().cost();
        Meter type = seenFirst == null ? type(execution.type()) : seenFirst.type;
        add(hub, hour, day, cost, touched);
        add(type, hour, day, cost, touched);
        if (execution.skill().isPresent()) {
            String name = execution.skill().get().name();
            Meter known = seenFirst == null ? null : seenFirst.skill;
            add(known != null && known.scope.name().equals(name) ? known : skill(name), hour, day, cost, touched);
        }
    }

    private static void add(Meter meter, long hour, long day, double cost, Consumer<Meter> touched) {
        meter.hour(hour).add(cost);
        meter.day(day).add(cost);
        touched.accept(meter);
    }

    /** Takes in what the log says behind the position, up to another. */
    void read(ExecutionLog entries, Position until) {
        while (!position.equals(until)) {
            LogPage page = entries.read(position, PAGE);
            if (page.entries().isEmpty()) {
                return;
            }
            for (LogPage.Logged logged : page.entries()) {
                learn(logged.position(), logged.entry(), meter -> {});
                if (logged.position().equals(until)) {
                    return;
                }
            }
        }
    }

    /** A task for which nobody was called is no attempt; one whose process died is, though nobody knows by whom. */
    static boolean isRun(Execution execution) {
        return execution.skill().isPresent()
                || execution.trouble().isPresent() && execution.trouble().get().reason() == Reason.LOST;
    }

    /** Far beyond what any zone has days for, all instants are alike. */
    static long millis(Instant at) {
        long seconds = Math.max(-1L << 40, Math.min(1L << 40, at.getEpochSecond()));
        return seconds * 1000 + at.getNano() / 1_000_000;
    }

    /** {@return the oldest of the same attempt, which is no longer there; null if there is none} */
    private @Nullable Pending unlink(Execution execution) {
        String taskId = execution.taskId();
        Pending first = pending.remove(taskId); // nearly always it is the only one
        if (first == null || (first.next == null && isOf(first, execution))) {
            return first;
        }
        pending.put(taskId, first);
        for (Pending one = first; one != null; one = one.next) {
            if (isOf(one, execution)) {
                unlink(taskId, one);
                return one;
            }
        }
        return null;
    }

    private static boolean isOf(Pending one, Execution execution) {
        return one.round == execution.round() && one.attempt == execution.attempt();
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
