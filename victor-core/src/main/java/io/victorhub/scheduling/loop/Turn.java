package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Dispatcher;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Leases what may run now, within all limits; one thread at a time, so that no limit is used twice. */
final class Turn {

    private static final int EXPIRE_AT_ONCE = 100;

    /** So many tasks of a type may be leased in vain, before others of it wait for a skill's place. */
    private static final int MOST_IN_VAIN = 100;

    private static final Duration SHORTEST_ASIDE = Duration.ofMillis(10);
    private static final Duration LONGEST_ASIDE = Duration.ofSeconds(1);

    private final TaskStore tasks;
    private final Dispatcher dispatcher;
    private final LoopSettings settings;
    private final Running running;
    private final Pauses pauses;
    private final WaitingTypes waiting;
    private final Runnable exhausted;
    private final Map<String, Integer> inVain = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock(); // from asking for room to taking it
    private volatile Instant lastFreed;

    /** @param exhausted called when a type was leased in vain too often; {@link #skillFree()} lets it go on */
    Turn(
            TaskStore tasks,
            Dispatcher dispatcher,
            LoopSettings settings,
            Running running,
            Pauses pauses,
            WaitingTypes waiting,
            Runnable exhausted) {
        this.tasks = tasks;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.running = running;
        this.pauses = pauses;
        this.waiting = waiting;
        this.exhausted = exhausted;
        this.lastFreed = settings.clock().instant();
    }

    /** Settles what is overdue, whether or not anything may run; true if there was something. */
    boolean expire() {
        int expired = tasks.expire(EXPIRE_AT_ONCE);
        boolean any = expired > 0;
        while (expired == EXPIRE_AT_ONCE) {
            expired = tasks.expire(EXPIRE_AT_ONCE);
        }
        return any;
    }

    /** {@return leases that have their places} */
    List<Lease> lease() {
        lock.lock();
        try {
            int free = running.beginLeasing();
            if (free <= 0 || pauses.all()) {
                return List.of();
            }
            List<Lease> leases = tasks.lease(LeaseRequest.of(free, settings.leaseTtl())
                    .node(settings.node())
                    .excludedTypes(excluded())
                    .room(running.room(dispatcher.limitedRoom())));
            leases.forEach(running::enter);
            return leases;
        } finally {
            running.endLeasing();
            lock.unlock();
        }
    }

    /** Runs an action while nothing is between being leased and having its place. */
    void between(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Nobody who could do a task has a place left, while others of its type may find one.
     *
     * @return how long to put the task aside, so that it does not come again at once: about as long as it took lately
     *     until a place came free
     */
    Duration busy(String type) {
        if (inVain.merge(type, 1, Integer::sum) == MOST_IN_VAIN) {
            exhausted.run();
        }
        Duration since = Duration.between(lastFreed, settings.clock().instant());
        return since.compareTo(SHORTEST_ASIDE) < 0
                ? SHORTEST_ASIDE
                : since.compareTo(LONGEST_ASIDE) > 0 ? LONGEST_ASIDE : since;
    }

    /** A skill has a place again; {@return whether somebody waited for one} */
    boolean skillFree() {
        lastFreed = settings.clock().instant();
        if (inVain.isEmpty()) {
            return false;
        }
        inVain.clear();
        return true;
    }

    private Set<String> excluded() {
        Set<String> types = new HashSet<>(pauses.types());
        types.addAll(waiting.types());
        inVain.forEach((type, times) -> {
            if (times >= MOST_IN_VAIN) {
                types.add(type);
            }
        });
        return types;
    }
}
