package io.victorhub.scheduling.loop;

import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.Versioned;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/** What is paused, kept in the state store under {@code pause/<type>}; everything is {@code pause/*}. */
final class Pauses {

    private static final String PREFIX = "pause/";
    private static final String ALL = "*";

    private final StateStore state;
    private final ReentrantLock lock = new ReentrantLock(); // what is kept and what is remembered change together
    private volatile boolean all; // asked for at each lease, as the next one is
    private volatile Set<String> types = Set.of();

    Pauses(StateStore state) {
        this.state = state;
        String after = "";
        Set<String> paused = new TreeSet<>();
        for (List<Versioned> page = state.list(PREFIX, after, 100);
                !page.isEmpty();
                page = state.list(PREFIX, after, 100)) {
            page.forEach(entry -> paused.add(entry.key().substring(PREFIX.length())));
            after = page.get(page.size() - 1).key();
        }
        all = paused.remove(ALL);
        types = Set.copyOf(paused);
    }

    boolean all() {
        return all;
    }

    /** {@return the types that are paused on their own; unmodifiable} */
    Set<String> types() {
        return types;
    }

    void pauseAll() {
        put(ALL);
    }

    void resumeAll() {
        remove(ALL);
    }

    void pause(String type) {
        put(requireType(type));
    }

    void resume(String type) {
        remove(requireType(type));
    }

    private static String requireType(String type) {
        if (type.equals(ALL)) {
            throw new IllegalArgumentException("'*' is no task type; use pause() and resume() for all of them");
        }
        return type;
    }

    private void put(String what) {
        lock.lock();
        try {
            while (state.read(PREFIX + what).isEmpty()
                    && !state.change(List.of(Change.put(PREFIX + what, 0, new byte[] {'{', '}'})))) {
                Thread.onSpinWait(); // another hub changed it in between; look again
            }
            remember(what, true);
        } finally {
            lock.unlock();
        }
    }

    private void remove(String what) {
        lock.lock();
        try {
            for (var kept = state.read(PREFIX + what); kept.isPresent(); kept = state.read(PREFIX + what)) {
                if (state.change(List.of(Change.delete(PREFIX + what, kept.get().version())))) {
                    break;
                }
            }
            remember(what, false);
        } finally {
            lock.unlock();
        }
    }

    private void remember(String what, boolean paused) {
        if (what.equals(ALL)) {
            all = paused;
            return;
        }
        Set<String> changed = new TreeSet<>(types);
        if (paused) {
            changed.add(what);
        } else {
            changed.remove(what);
        }
        types = Set.copyOf(changed);
    }
}
