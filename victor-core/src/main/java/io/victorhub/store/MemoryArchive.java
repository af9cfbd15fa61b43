package io.victorhub.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The settled tasks of a store that is in memory as a whole. */
final class MemoryArchive implements Archive {

    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Map<String, SettledTask> byId = new HashMap<>();
    private final NavigableMap<Long, SettledTask> bySequence = new TreeMap<>();

    @Override
    public void add(SettledTask task, long hash, long record) {
        lock.lock();
        try {
            SettledTask before = byId.put(task.id(), task);
            if (before != null) {
                bySequence.remove(before.sequence());
            }
            bySequence.put(task.sequence(), task);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable SettledTask find(String id, long hash) {
        lock.lock();
        try {
            return byId.get(id);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<SettledTask> list(long after, long until, int max) {
        lock.lock();
        try {
            return bySequence.subMap(after, false, until, true).values().stream()
                    .limit(max)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void remove(String id, long sequence) {
        lock.lock();
        try {
            SettledTask task = bySequence.remove(sequence);
            if (task != null) {
                byId.remove(id, task);
            }
        } finally {
            lock.unlock();
        }
    }
}
