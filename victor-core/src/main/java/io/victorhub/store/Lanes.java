package io.victorhub.store;

import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Room;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that may start, by rank: one ordered set a lane, the lanes of a type ordered by their first task. Adding and
 * taking cost O(log n); a type that is excluded or has no room costs nothing, however many of its tasks wait.
 */
final class Lanes {

    private static final Comparator<QueuedTask> BY_RANK =
            Comparator.<QueuedTask>comparingLong(task -> task.rank).thenComparingLong(task -> task.sequence);

    private static final class Lane {
        final @Nullable String key;
        final TreeSet<QueuedTask> tasks = new TreeSet<>(BY_RANK);

        Lane(@Nullable String key) {
            this.key = key;
        }

        QueuedTask first() {
            return tasks.first();
        }
    }

    private static final class Type {
        final String name;
        final Map<@Nullable String, Lane> lanes = new HashMap<>();
        final TreeSet<Lane> byFirst = new TreeSet<>(Comparator.comparing(Lane::first, BY_RANK));

        Type(String name) {
            this.name = name;
        }
    }

    private final Map<String, Type> types = new HashMap<>();

    void add(QueuedTask task) {
        Type type = types.computeIfAbsent(task.type, Type::new);
        Lane lane = type.lanes.computeIfAbsent(task.lane, Lane::new);
        if (!lane.tasks.isEmpty()) {
            type.byFirst.remove(lane);
        }
        lane.tasks.add(task);
        type.byFirst.add(lane);
    }

    void remove(QueuedTask task) {
        Type type = types.get(task.type);
        Lane lane = type == null ? null : type.lanes.get(task.lane);
        if (type == null || lane == null || lane.tasks.isEmpty()) {
            return;
        }
        type.byFirst.remove(lane);
        lane.tasks.remove(task);
        if (!lane.tasks.isEmpty()) {
            type.byFirst.add(lane);
        } else {
            type.lanes.remove(task.lane);
            if (type.lanes.isEmpty()) {
                types.remove(task.type);
            }
        }
    }

    /** Takes the first tasks that the request wants and has room for. */
    List<QueuedTask> take(LeaseRequest request) {
        List<QueuedTask> taken = new ArrayList<>();
        Taking taking = new Taking(request.room());
        while (taken.size() < request.max()) {
            QueuedTask best = null;
            for (Type type : types.values()) {
                if (!request.excludedTypes().contains(type.name)) {
                    QueuedTask first = taking.first(type);
                    if (first != null && (best == null || BY_RANK.compare(first, best) < 0)) {
                        best = first;
                    }
                }
            }
            if (best == null) {
                return taken;
            }
            taking.took(best);
            remove(best);
            taken.add(best);
        }
        return taken;
    }

    /** What one request has taken so far. */
    private static final class Taking {
        private final Room room;
        private final Map<String, Integer> byType = new HashMap<>();
        private final Map<Room.Lane, Integer> byLane = new HashMap<>();

        Taking(Room room) {
            this.room = room;
        }

        @Nullable QueuedTask first(Type type) {
            if (byType.getOrDefault(type.name, 0) >= room.forType(type.name)) {
                return null;
            }
            for (Lane lane : type.byFirst) {
                if (lane.key == null) {
                    return lane.first();
                }
                Room.Lane name = new Room.Lane(type.name, lane.key);
                if (byLane.getOrDefault(name, 0) < room.forLane(name)) {
                    return lane.first();
                }
            }
            return null;
        }

        void took(QueuedTask task) {
            byType.merge(task.type, 1, Integer::sum);
            if (task.lane != null) {
                byLane.merge(new Room.Lane(task.type, task.lane), 1, Integer::sum);
            }
        }
    }
}
