package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Dispatcher;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.TaskStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Leases what may run now, within all limits; one thread at a time, so that no limit is used twice. */
final class Turn {

    private static final int EXPIRE_AT_ONCE = 100;

    private final TaskStore tasks;
    private final Dispatcher dispatcher;
    private final LoopSettings settings;
    private final Running running;
    private final Pauses pauses;
    private final WaitingTypes waiting;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock(); // from asking for room to taking it

    Turn(
            TaskStore tasks,
            Dispatcher dispatcher,
            LoopSettings settings,
            Running running,
            Pauses pauses,
            WaitingTypes waiting) {
        this.tasks = tasks;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.running = running;
        this.pauses = pauses;
        this.waiting = waiting;
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
            int free = running.free();
            if (free <= 0 || pauses.all()) {
                return List.of();
            }
            List<Lease> leases = tasks.lease(LeaseRequest.of(free, settings.leaseTtl())
                    .node(settings.node())
                    .excludedTypes(excluded())
                    .room(running.room(skillRoom())));
            leases.forEach(lease -> running.enter(lease.submission()));
            return leases;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody who serves the type has a place left; ask again when a place is free. */
    void busy(String type) {
        busy.add(type);
    }

    void placeFree() {
        busy.clear();
    }

    private Set<String> excluded() {
        Set<String> types = new HashSet<>(pauses.types());
        types.addAll(waiting.types());
        types.addAll(busy);
        return types;
    }

    private Map<String, Integer> skillRoom() {
        Map<String, Integer> room = new HashMap<>();
        dispatcher.limitedTypes().forEach(type -> room.put(type, dispatcher.room(type)));
        return room;
    }
}
