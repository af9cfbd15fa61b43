package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Dispatcher;
import io.victorhub.scheduling.guard.Budgets;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Settlement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;

/** Says what may be leased now: within all limits, without what is paused or would be leased in vain. */
final class Wishes {

    /** So many tasks of a type may be leased in vain, before others of it wait for a skill's place. */
    private static final int MOST_IN_VAIN = 100;

    private static final long SHORTEST_ASIDE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_ASIDE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Dispatcher dispatcher;
    private final LoopSettings settings;
    private final Running running;
    private final Pauses pauses;
    private final WaitingTypes waiting;
    private final RateLimits rates;
    private final Budgets budgets;
    private final ObjLongConsumer<Runnable> later;
    private final Runnable look;
    private final Map<String, Integer> inVain = new ConcurrentHashMap<>();
    private final long startNanos = System.nanoTime();
    private final AtomicLong goOnAt = new AtomicLong(Long.MAX_VALUE); // when the next look for a rate limit is planned
    private volatile long lastFreedNanos = System.nanoTime();
    private volatile boolean halted;

    /**
     * @param later runs something after so many nanoseconds
     * @param look called when more may be leased than before
     */
    Wishes(
            Dispatcher dispatcher,
            LoopSettings settings,
            Running running,
            Pauses pauses,
            WaitingTypes waiting,
            Budgets budgets,
            ObjLongConsumer<Runnable> later,
            Runnable look) {
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.running = running;
        this.pauses = pauses;
        this.waiting = waiting;
        this.budgets = budgets;
        this.rates = new RateLimits(settings.rates(), settings.clock());
        this.later = later;
        this.look = look;
        budgets.onFreed(look);
    }

    /** {@return whether anything may be leased at all} */
    boolean allowAny() {
        return !halted && !pauses.all() && budgets.allowAny();
    }

    /** Says whether nothing may be leased until further notice. */
    void halt(boolean now) {
        halted = now;
    }

    /** {@return a wish for so many tasks, in the room behind the places that are given back} */
    LeaseRequest of(int max, List<Place> leaving) {
        int within = budgets.most(max); // first: the rest of the budgets is asked for the same moment
        return new LeaseRequest(
                within,
                settings.leaseTtl(),
                settings.node(),
                excluded(),
                running.room(budgets.within(rates.within(dispatcher.limitedRoom())), leaving));
    }

    /** Leases are about to end: what their attempts did cost counts for those that are given in the same turn. */
    void ending(List<Settlement> settlements, List<Place> leaving) {
        for (int i = 0; i < settlements.size(); i++) {
            budgets.ending(leaving.get(i).spends, settlements.get(i).entry().orElse(null));
        }
    }

    /** A lease has ended, or could not be ended. */
    void ended(Settlement settlement, Place place, Outcome outcome) {
        budgets.ended(place.spends, settlement, outcome);
    }

    /** Leases were given, and nobody has begun with them. */
    void takenBack(List<Place> leased) {
        leased.forEach(place -> budgets.forget(place.spends, place.lease.taskId()));
    }

    /** Leases have ended and others were given, in the same turn. */
    void turnedOver(List<Settlement> ended, List<Place> leaving, List<Outcome> outcomes, List<Place> leased) {
        for (int i = 0; i < ended.size(); i++) {
            ended(ended.get(i), leaving.get(i), outcomes.get(i));
        }
        for (Place place : leased) {
            place.spends = budgets.leased(place.lease);
        }
        if (settings.rates().isEmpty()) {
            return;
        }
        ended.forEach(rates::ended);
        leased.forEach(place -> rates.leased(place.lease));
        rates.untilNext().ifPresent(this::goOnAfter);
    }

    /** The look finds out when the next one is needed; so one is enough, unless another type may go on earlier. */
    private void goOnAfter(Duration wait) {
        long at = System.nanoTime() - startNanos + wait.toNanos();
        long planned = goOnAt.get();
        if (at < planned && goOnAt.compareAndSet(planned, at)) {
            later.accept(() -> goOn(at), wait.toNanos());
        }
    }

    private void goOn(long at) {
        goOnAt.compareAndSet(at, Long.MAX_VALUE);
        look.run();
    }

    /**
     * Nobody who could do a task has a place left, while others of its type may find one.
     *
     * @return how long to put the task aside, so that it does not come again at once: about as long as it took lately
     *     until a place came free
     */
    Duration busy(String type) {
        if (inVain.merge(type, 1, Integer::sum) == MOST_IN_VAIN) {
            later.accept(this::goOn, LONGEST_ASIDE_NANOS);
        }
        long since = System.nanoTime() - lastFreedNanos;
        return Duration.ofNanos(Math.max(SHORTEST_ASIDE_NANOS, Math.min(LONGEST_ASIDE_NANOS, since)));
    }

    private void goOn() {
        if (skillFree()) {
            look.run();
        }
    }

    /** A skill has a place again; {@return whether somebody waited for one} */
    boolean skillFree() {
        lastFreedNanos = System.nanoTime();
        if (inVain.isEmpty()) {
            return false;
        }
        inVain.clear();
        return true;
    }

    private Set<String> excluded() {
        Set<String> paused = pauses.types();
        Set<String> unserved = waiting.types();
        Set<String> usedUp = budgets.usedUpTypes();
        if (inVain.isEmpty() && unserved.isEmpty() && usedUp.isEmpty()) {
            return paused;
        }
        Set<String> types = new HashSet<>(paused);
        types.addAll(usedUp);
        types.addAll(unserved);
        inVain.forEach((type, times) -> {
            if (times >= MOST_IN_VAIN) {
                types.add(type);
            }
        });
        return types;
    }
}
