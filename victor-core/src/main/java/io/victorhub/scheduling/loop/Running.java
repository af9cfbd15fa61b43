package io.victorhub.scheduling.loop;

import io.victorhub.scheduling.loop.Place.Stop;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Room;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The places that leases take, overall, by type and by lane, from the lease to its settlement. Places are taken by whoever
 * has the {@link Turn}, and given back by anybody.
 */
final class Running {

    private final int workers;
    private final Map<String, Integer> perType;
    private final int perLane;
    private final Room unlimited;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition changed = lock.newCondition();
    private final Map<String, Integer> byType = new HashMap<>(); // of the types that have a limit
    private final Map<Room.Lane, Integer> byLane = new HashMap<>();
    private @Nullable Place first;
    private @Nullable Place last;
    private int taken;
    private int changes;
    private boolean closed;
    private volatile int free; // less than none where attempts run others at once

    Running(LoopSettings settings) {
        this.workers = settings.workers();
        this.perType = settings.perType();
        this.perLane = settings.perLane();
        this.unlimited = new Room(Map.of(), Map.of(), Integer.MAX_VALUE, perLane);
        this.free = workers;
    }

    /** {@return how many places are free} */
    int free() {
        return freeAfter(0);
    }

    /** {@return how many places are free when so many more are given back} */
    int freeAfter(int leaving) {
        return Math.max(0, free + leaving);
    }

    /**
     * {@return how many more may start by type and lane}
     *
     * @param skillRoom how many more attempts of a type its skills have room for
     * @param leaving places that will be given back before
     */
    Room room(Map<String, Integer> skillRoom, List<Place> leaving) {
        lock.lock();
        try {
            if (perType.isEmpty() && byLane.isEmpty() && skillRoom.isEmpty()) {
                return unlimited; // as it is nearly always
            }
            leaving.forEach(place -> countIfTaken(place, -1));
            Map<String, Integer> types = new HashMap<>(skillRoom);
            perType.forEach((type, limit) -> types.merge(type, limit - byType.getOrDefault(type, 0), Math::min));
            Map<Room.Lane, Integer> lanes = new HashMap<>();
            byLane.forEach((lane, number) -> lanes.put(lane, perLane - number));
            leaving.forEach(place -> countIfTaken(place, 1));
            return new Room(types, lanes, Integer.MAX_VALUE, perLane);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place for a leased task, whatever the limits: the lease was asked for within them. */
    Place enter(Lease lease) {
        Place place = new Place(lease);
        enter(place);
        return place;
    }

    private void enter(Place place) {
        lock.lock();
        try {
            take(place);
            tellChanged();
        } finally {
            lock.unlock();
        }
    }

    /** Gives places back and takes others, as one change. */
    void turnOver(List<Place> leaving, List<Place> entering) {
        lock.lock();
        try {
            for (Place place : leaving) {
                giveBack(place);
            }
            for (Place place : entering) {
                take(place);
            }
            tellChanged();
        } finally {
            lock.unlock();
        }
    }

    /** Gives the place back. Idempotent. */
    void leave(Place place) {
        lock.lock();
        try {
            giveBack(place);
            tellChanged();
        } finally {
            lock.unlock();
        }
    }

    /** {@return a place, if there is one within all limits} */
    Optional<Place> tryEnter(Lease lease) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("task " + lease.taskId() + " cannot run: the hub is closed");
            }
            if (!hasPlace(lease.submission())) {
                return Optional.empty();
            }
            Place place = new Place(lease);
            take(place);
            tellChanged();
            return Optional.of(place);
        } finally {
            lock.unlock();
        }
    }

    /** {@return how often places were given back or taken} */
    int changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something has changed since {@code seen}, at most so long. */
    void awaitChange(int seen, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (changes == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits for a place any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            tellChanged();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the places of a task that have their attempt; one that has none yet remembers what it was asked} */
    List<Place> stop(String taskId, Stop stop) {
        return stop(Optional.of(taskId), stop);
    }

    /** {@return all places that have their attempt; one that has none yet remembers what it was asked} */
    List<Place> stopAll(Stop stop) {
        return stop(Optional.empty(), stop);
    }

    private List<Place> stop(Optional<String> taskId, Stop stop) {
        List<Place> asked = new ArrayList<>();
        forEach(place -> {
            boolean meant = taskId.isEmpty() || taskId.get().equals(place.lease.taskId());
            if (meant && place.stop(stop) != null) {
                asked.add(place);
            }
        });
        return asked;
    }

    List<Place> places() {
        List<Place> all = new ArrayList<>();
        forEach(all::add);
        return all;
    }

    /** Under the lock: it must be quick, and call nobody else's code. */
    void forEach(Consumer<Place> action) {
        lock.lock();
        try {
            for (Place place = first; place != null; place = place.behind) {
                action.accept(place);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing runs but at most {@code but} attempts; false if the time was not enough. */
    boolean awaitIdle(int but, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (taken > but) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void take(Place place) {
        place.taken = true;
        place.before = last;
        if (last == null) {
            first = place;
        } else {
            last.behind = place;
        }
        last = place;
        taken++;
        count(place, 1);
    }

    private void giveBack(Place place) {
        if (!place.taken) {
            return;
        }
        place.taken = false;
        Place before = place.before;
        Place behind = place.behind;
        if (before == null) {
            first = behind;
        } else {
            before.behind = behind;
        }
        if (behind == null) {
            last = before;
        } else {
            behind.before = before;
        }
        place.before = null;
        place.behind = null;
        taken--;
        count(place, -1);
    }

    private void tellChanged() {
        changes++;
        free = workers - taken;
        changed.signalAll();
    }

    private boolean hasPlace(Submission submission) {
        String type = submission.task().type();
        Room.@Nullable Lane lane = lane(submission);
        return taken < workers
                && byType.getOrDefault(type, 0) < perType.getOrDefault(type, Integer.MAX_VALUE)
                && (lane == null || byLane.getOrDefault(lane, 0) < perLane);
    }

    private void countIfTaken(Place place, int by) {
        if (place.taken) {
            count(place, by);
        }
    }

    private void count(Place place, int by) {
        Submission submission = place.lease.submission();
        if (perType.containsKey(submission.task().type())) {
            byType.merge(submission.task().type(), by, Running::sumOrNothing);
        }
        Room.@Nullable Lane lane = lane(submission);
        if (lane != null) {
            byLane.merge(lane, by, Running::sumOrNothing);
        }
    }

    private static @Nullable Integer sumOrNothing(Integer a, Integer b) {
        return a + b == 0 ? null : Integer.valueOf(a + b);
    }

    private static Room.@Nullable Lane lane(Submission submission) {
        return submission.lane().isEmpty()
                ? null
                : new Room.Lane(submission.task().type(), submission.lane().get());
    }
}
