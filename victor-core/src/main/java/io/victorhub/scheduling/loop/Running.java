package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.dispatch.Dispatcher;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Fence;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Room;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The places that leases take, overall, by type and by lane, from the lease to its settlement; and their attempts. */
final class Running {

    /** Why an attempt shall end. */
    record Stop(Reason reason, String why) {}

    private static final class Place {
        final Lease lease;

        @Nullable Attempt attempt; // once it is planned

        @Nullable Stop stop; // what it was asked before

        Place(Lease lease) {
            this.lease = lease;
        }
    }

    private final int workers;
    private final Map<String, Integer> perType;
    private final int perLane;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition changed = lock.newCondition();
    private final Map<Fence, Place> places = new LinkedHashMap<>();
    private final Map<String, Integer> byType = new HashMap<>();
    private final Map<Room.Lane, Integer> byLane = new HashMap<>();
    private boolean leasing;
    private boolean closed;

    Running(LoopSettings settings) {
        this.workers = settings.workers();
        this.perType = settings.perType();
        this.perLane = settings.perLane();
    }

    /** Nobody else takes a place until {@link #endLeasing()}, so that the room that is asked for is there. */
    int beginLeasing() {
        lock.lock();
        try {
            leasing = true;
            return workers - places.size();
        } finally {
            lock.unlock();
        }
    }

    void endLeasing() {
        lock.lock();
        try {
            leasing = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many more may start by type and lane} */
    Room room(Map<String, Integer> skillRoom) {
        lock.lock();
        try {
            Map<String, Integer> types = new HashMap<>(skillRoom);
            perType.forEach((type, limit) -> types.merge(type, limit - byType.getOrDefault(type, 0), Math::min));
            Map<Room.Lane, Integer> lanes = new HashMap<>();
            byLane.forEach((lane, number) -> lanes.put(lane, perLane - number));
            return new Room(types, lanes, Integer.MAX_VALUE, perLane);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place for a leased task, whatever the limits: the lease was asked for within them. */
    void enter(Lease lease) {
        lock.lock();
        try {
            take(lease);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place as soon as there is one. */
    void awaitPlace(Lease lease) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && (leasing || !hasPlace(lease.submission()))) {
                changed.await();
            }
            if (closed) {
                throw new IllegalStateException("task " + lease.taskId() + " cannot run: the hub is closed");
            }
            take(lease);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a place was given back, at most a second. */
    @SuppressWarnings("WaitNotInLoop") // the caller looks again, whatever ended the wait
    void awaitChange() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            changed.awaitNanos(TimeUnit.SECONDS.toNanos(1));
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits for a place any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The lease has its attempt, which is asked at once what the lease was asked before. */
    void plan(Attempt attempt) {
        Stop stop = null;
        lock.lock();
        try {
            Place place = places.get(attempt.lease().fence());
            if (place != null) {
                place.attempt = attempt;
                stop = place.stop;
            }
        } finally {
            lock.unlock();
        }
        if (stop != null) {
            attempt.cancel(stop.reason(), stop.why());
        }
    }

    /** Gives the place back. Idempotent. */
    void leave(Lease lease) {
        lock.lock();
        try {
            if (places.remove(lease.fence()) != null) {
                count(lease.submission(), -1);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return the attempts at a task; a lease of it that has none yet remembers what it was asked} */
    List<Attempt> stop(String taskId, Stop stop) {
        return stop(Optional.of(taskId), stop);
    }

    /** {@return all attempts; a lease that has none yet remembers what it was asked} */
    List<Attempt> stopAll(Stop stop) {
        return stop(Optional.empty(), stop);
    }

    private List<Attempt> stop(Optional<String> taskId, Stop stop) {
        List<Attempt> asked = new ArrayList<>();
        lock.lock();
        try {
            for (Place place : places.values()) {
                boolean meant = taskId.isEmpty() || taskId.get().equals(place.lease.taskId());
                if (meant && place.attempt != null) {
                    asked.add(place.attempt);
                } else if (meant && place.stop == null) {
                    place.stop = stop;
                }
            }
        } finally {
            lock.unlock();
        }
        return asked;
    }

    List<Attempt> attempts() {
        lock.lock();
        try {
            List<Attempt> attempts = new ArrayList<>();
            for (Place place : places.values()) {
                if (place.attempt != null) {
                    attempts.add(place.attempt);
                }
            }
            return attempts;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the leases that the store gave} */
    List<Lease> leases() {
        lock.lock();
        try {
            return places.values().stream()
                    .map(place -> place.lease)
                    .filter(Running::isQueued)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the store gave it; else a thread of the host's runs it, which nobody may give up} */
    static boolean isQueued(Lease lease) {
        return lease.fence().epoch() != Dispatcher.UNQUEUED;
    }

    /** Waits until nothing runs but at most {@code but} attempts; false if the time was not enough. */
    boolean awaitIdle(int but, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (places.size() > but) {
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

    private void take(Lease lease) {
        places.put(lease.fence(), new Place(lease));
        count(lease.submission(), 1);
    }

    private boolean hasPlace(Submission submission) {
        String type = submission.task().type();
        Room.@Nullable Lane lane = lane(submission);
        return places.size() < workers
                && byType.getOrDefault(type, 0) < perType.getOrDefault(type, Integer.MAX_VALUE)
                && (lane == null || byLane.getOrDefault(lane, 0) < perLane);
    }

    private void count(Submission submission, int by) {
        byType.merge(submission.task().type(), by, Running::sumOrNothing);
        Room.@Nullable Lane lane = lane(submission);
        if (lane != null) {
            byLane.merge(lane, by, Running::sumOrNothing);
        }
    }

    private static @Nullable Integer sumOrNothing(Integer a, Integer b) {
        return a + b == 0 ? null : Integer.valueOf(a + b);
    }

    private static Room.@Nullable Lane lane(Submission submission) {
        return submission
                .lane()
                .map(key -> new Room.Lane(submission.task().type(), key))
                .orElse(null);
    }
}
