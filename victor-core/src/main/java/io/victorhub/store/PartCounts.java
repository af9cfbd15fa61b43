package io.victorhub.store;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** What is in which segment: how many log entries, and between which numbers the tasks are that were settled there. */
final class PartCounts {

    /**
     * What is in a segment.
     *
     * @param segment its number
     * @param entries how many log entries
     * @param lowest the lowest number of a task that was settled for good there; above {@code highest} if none was
     * @param highest the highest one
     */
    record Part(int segment, long entries, long lowest, long highest) {

        static Part empty(int segment) {
            return new Part(segment, 0, Long.MAX_VALUE, -1);
        }

        Part plus(long more) {
            return new Part(segment, entries + more, lowest, highest);
        }

        Part settled(long sequence) {
            return new Part(segment, entries, Math.min(lowest, sequence), Math.max(highest, sequence));
        }
    }

    private final ReentrantLock lock = new ReentrantLock(); // guards parts
    private final NavigableMap<Integer, Part> parts = new TreeMap<>();

    /** A fact was written into that segment. */
    void add(int segment, Fact fact) {
        Fact.Ended ended = fact instanceof Fact.Ended one ? one : fact instanceof Fact.Kept kept ? kept.ended() : null;
        int entries = fact instanceof Fact.Logged logged
                ? logged.entries().size()
                : ended == null ? 0 : ended.entries().size();
        Fact.Ended settled = ended != null && SettledTask.isFinal(ended) ? ended : null;
        if (entries == 0 && settled == null) {
            return;
        }
        lock.lock();
        try {
            Part part = parts.getOrDefault(segment, Part.empty(segment)).plus(entries);
            parts.put(segment, settled == null ? part : part.settled(settled.sequence()));
        } finally {
            lock.unlock();
        }
    }

    /** A segment is as it was written down. */
    void restore(Part part) {
        lock.lock();
        try {
            parts.put(part.segment(), part);
        } finally {
            lock.unlock();
        }
    }

    void drop(int segment) {
        lock.lock();
        try {
            parts.remove(segment);
        } finally {
            lock.unlock();
        }
    }

    Part get(int segment) {
        lock.lock();
        try {
            return parts.getOrDefault(segment, Part.empty(segment));
        } finally {
            lock.unlock();
        }
    }

    List<Part> all() {
        lock.lock();
        try {
            return new ArrayList<>(parts.values());
        } finally {
            lock.unlock();
        }
    }
}
