package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Room;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The places that attempts take: overall, by type and by lane; and the attempts in them. */
final class Running {

    private final int workers;
    private final Map<String, Integer> perType;
    private final int perLane;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition changed = lock.newCondition();
    private final Map<String, Attempt> attempts = new HashMap<>();
    private final Map<String, Integer> byType = new HashMap<>();
    private final Map<Room.Lane, Integer> byLane = new HashMap<>();
    private int places;

    Running(LoopSettings settings) {
        this.workers = settings.workers();
        this.perType = settings.perType();
        this.perLane = settings.perLane();
    }

    /** {@return how many more attempts may start} */
    int free() {
        lock.lock();
        try {
            return workers - places;
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
    void enter(Submission submission) {
        lock.lock();
        try {
            count(submission, 1);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place as soon as there is one. */
    void awaitPlace(Submission submission) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!hasPlace(submission)) {
                changed.await();
            }
            count(submission, 1);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a place was given back, at most a second. */
    void awaitChange() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean signalled = changed.await(1, TimeUnit.SECONDS);
            assert signalled || !signalled; // either way the caller looks again
        } finally {
            lock.unlock();
        }
    }

    void begin(Attempt attempt) {
        lock.lock();
        try {
            attempts.put(attempt.lease().taskId(), attempt);
        } finally {
            lock.unlock();
        }
    }

    void leave(Lease lease) {
        lock.lock();
        try {
            Attempt attempt = attempts.get(lease.taskId());
            if (attempt != null && attempt.lease().fence().equals(lease.fence())) {
                attempts.remove(lease.taskId());
            }
            count(lease.submission(), -1);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Optional<Attempt> attempt(String taskId) {
        lock.lock();
        try {
            return Optional.ofNullable(attempts.get(taskId));
        } finally {
            lock.unlock();
        }
    }

    List<Attempt> attempts() {
        lock.lock();
        try {
            return new ArrayList<>(attempts.values());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing runs but at most {@code but} attempts; false if the time was not enough. */
    boolean awaitIdle(int but, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (places > but) {
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

    private boolean hasPlace(Submission submission) {
        String type = submission.task().type();
        Room.@Nullable Lane lane = lane(submission);
        return places < workers
                && byType.getOrDefault(type, 0) < perType.getOrDefault(type, Integer.MAX_VALUE)
                && (lane == null || byLane.getOrDefault(lane, 0) < perLane);
    }

    private void count(Submission submission, int by) {
        places += by;
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
