package io.victorhub.store;

import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Room;
import io.victorhub.spi.store.TaskStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that may start, by rank: one heap a lane, the lanes of a type by their first task, the types by theirs.
 * Adding and taking cost O(log n); a type or a lane that is excluded or has no room costs one look at its head, however
 * many of its tasks wait. Lanes have numbers while tasks are in them. Guarded by the ledger's lock.
 */
final class Lanes {

    /** Something that has a first task, which stands in an order by it. */
    private static class Head {
        long rank;
        long sequence;
        boolean ordered;
    }

    private static final Comparator<Head> BY_HEAD =
            Comparator.<Head>comparingLong(head -> head.rank).thenComparingLong(head -> head.sequence);

    /** The tasks of a type with one key, or with none. */
    static final class Lane extends Head {
        final Type type;
        final @Nullable String key;
        final int number;
        private final RankHeap ready;
        private int tasks; // whatever their status

        Lane(Type type, @Nullable String key, int number, RankHeap ready) {
            this.type = type;
            this.key = key;
            this.number = number;
            this.ready = ready;
        }
    }

    /** A type, and how many of its tasks have which status. */
    static final class Type extends Head {
        final String name;
        final long[] counts = new long[TaskStatus.values().length];
        private final Map<@Nullable String, Lane> lanes = new HashMap<>();
        private final TreeSet<Lane> byFirst = new TreeSet<>(BY_HEAD);

        Type(String name) {
            this.name = name;
        }
    }

    private final Rows rows;
    private final Map<String, Type> types = new HashMap<>();
    private final TreeSet<Type> byFirst = new TreeSet<>(BY_HEAD);
    private final List<@Nullable Lane> lanes = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    Lanes(Rows rows) {
        this.rows = rows;
    }

    Collection<Type> types() {
        return types.values();
    }

    Type type(String name) {
        return types.computeIfAbsent(name, Type::new);
    }

    Lane lane(int number) {
        Lane lane = lanes.get(number);
        if (lane == null) {
            throw new IllegalStateException("no lane has number " + number);
        }
        return lane;
    }

    /** {@return the lane, in which there is one task more now} */
    Lane enter(String type, @Nullable String key) {
        Type owner = type(type);
        Lane lane = owner.lanes.get(key);
        if (lane == null) {
            int number = free.isEmpty() ? lanes.size() : free.pop();
            lane = new Lane(owner, key, number, new RankHeap(rows, rows::rank));
            owner.lanes.put(key, lane);
            if (number == lanes.size()) {
                lanes.add(lane);
            } else {
                lanes.set(number, lane);
            }
        }
        lane.tasks++;
        return lane;
    }

    /** One task of the lane is no more. */
    void leave(Lane lane) {
        if (--lane.tasks == 0) {
            lane.type.lanes.remove(lane.key);
            lanes.set(lane.number, null);
            free.push(lane.number);
        }
    }

    /** A task may start. */
    void add(long sequence) {
        Lane lane = lane(rows.lane(sequence));
        lane.ready.add(sequence);
        headMayDiffer(lane);
    }

    /** A task may not start any more, or has. */
    void remove(long sequence) {
        Lane lane = lane(rows.lane(sequence));
        lane.ready.remove(sequence);
        headMayDiffer(lane);
    }

    /** Takes the first tasks that the request wants and has room for. */
    List<Long> take(LeaseRequest request) {
        List<Long> taken = new ArrayList<>(Math.min(request.max(), 16));
        Taking taking = new Taking(request);
        while (taken.size() < request.max()) {
            Lane best = best(taking);
            if (best == null) {
                return taken;
            }
            long sequence = best.sequence;
            taking.took(best);
            best.ready.remove(sequence);
            headMayDiffer(best);
            taken.add(sequence);
        }
        return taken;
    }

    private @Nullable Lane best(Taking taking) {
        Lane best = null;
        for (Type type : byFirst) {
            if (best != null && BY_HEAD.compare(type, best) > 0) {
                return best; // all that follow are later still
            }
            Lane first = taking.first(type);
            if (first != null && (best == null || BY_HEAD.compare(first, best) < 0)) {
                best = first;
            }
        }
        return best;
    }

    private void headMayDiffer(Lane lane) {
        if (moveHead(lane.type.byFirst, lane, lane.ready.isEmpty() ? -1 : lane.ready.first())) {
            Type type = lane.type;
            moveHead(byFirst, type, type.byFirst.isEmpty() ? -1 : type.byFirst.first().sequence);
        }
    }

    /** {@return whether it has another first task now} What is in an order must leave it before it changes. */
    private <H extends Head> boolean moveHead(TreeSet<H> order, H head, long first) {
        if (first < 0 ? !head.ordered : head.ordered && head.sequence == first && head.rank == rows.rank(first)) {
            return false;
        }
        if (head.ordered) {
            order.remove(head);
        }
        head.ordered = first >= 0;
        if (head.ordered) {
            head.sequence = first;
            head.rank = rows.rank(first);
            order.add(head);
        }
        return true;
    }

    /** What one request has taken so far. */
    private static final class Taking {
        private final LeaseRequest request;
        private final boolean limited;
        private final Map<String, Integer> byType = new HashMap<>();
        private final Map<Room.Lane, Integer> byLane = new HashMap<>();

        Taking(LeaseRequest request) {
            this.request = request;
            this.limited = !request.room().equals(Room.UNLIMITED);
        }

        @Nullable Lane first(Type type) {
            if (request.excludedTypes().contains(type.name)
                    || limited
                            && byType.getOrDefault(type.name, 0)
                                    >= request.room().forType(type.name)) {
                return null;
            }
            for (Lane lane : type.byFirst) {
                if (!limited || lane.key == null) {
                    return lane;
                }
                Room.Lane name = new Room.Lane(type.name, lane.key);
                if (byLane.getOrDefault(name, 0) < request.room().forLane(name)) {
                    return lane;
                }
            }
            return null;
        }

        void took(Lane lane) {
            if (limited) {
                byType.merge(lane.type.name, 1, Integer::sum);
                if (lane.key != null) {
                    byLane.merge(new Room.Lane(lane.type.name, lane.key), 1, Integer::sum);
                }
            }
        }
    }
}
