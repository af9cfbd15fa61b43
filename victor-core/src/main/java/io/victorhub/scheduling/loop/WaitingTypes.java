package io.victorhub.scheduling.loop;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The types that nobody serves, with what is missing; their tasks are not leased until that may have changed. */
final class WaitingTypes {

    private final Map<String, String> missing = new ConcurrentHashMap<>();

    /** {@return whether this is news} */
    boolean add(String type, String what) {
        return missing.put(type, what) == null;
    }

    Set<String> types() {
        return missing.keySet();
    }

    Map<String, String> all() {
        return new TreeMap<>(missing);
    }

    /** Somebody may serve them now. */
    void lookAgain() {
        missing.clear();
    }
}
