package io.victorhub.scheduling.loop;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The types that nobody serves, with what is missing; their tasks are not leased until that may have changed. */
final class WaitingTypes {

    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Map<String, String> missing = new HashMap<>(); // what was told, until somebody serves the type
    private final Map<String, String> aside = new HashMap<>(); // what is not leased
    private volatile Set<String> types = Set.of(); // the same, for whoever leases
    private final Map<String, String> pinned = new HashMap<>(); // others of the type are leased

    /** Tasks that are pinned to a skill which is not there; {@return whether this is news} */
    boolean addPinned(String type, String what) {
        lock.lock();
        try {
            return pinned.put(type, what) == null;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether this is news} */
    boolean add(String type, String what) {
        lock.lock();
        try {
            aside.put(type, what);
            types = Set.copyOf(aside.keySet());
            return missing.put(type, what) == null;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the types that are not leased; unmodifiable} */
    Set<String> types() {
        return types;
    }

    Map<String, String> all() {
        lock.lock();
        try {
            Map<String, String> all = new TreeMap<>(pinned);
            all.putAll(aside);
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Tasks of the types that somebody serves now are leased again. */
    void served(Predicate<String> served) {
        lock.lock();
        try {
            aside.keySet().removeIf(served);
            pinned.keySet().removeIf(served);
            missing.keySet().removeIf(served);
            types = Set.copyOf(aside.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** All are leased again, to see how long they have waited; a type that is found waiting once more is no news. */
    void lookAgain() {
        lock.lock();
        try {
            aside.clear();
            types = Set.of();
        } finally {
            lock.unlock();
        }
    }
}
