package io.victorhub.registry.loading;

import io.victorhub.registry.SkillProblem;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is kept out, each told once for as long as it says the same. */
final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private final InstantSource clock;
    private final Consumer<SkillProblem> listener;
    private final ReentrantLock lock = new ReentrantLock(); // guards byPlace
    private final Map<String, SkillProblem> byPlace = new TreeMap<>();

    Problems(InstantSource clock, Consumer<SkillProblem> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    void add(String where, String message) {
        SkillProblem problem = new SkillProblem(where, message, clock.instant());
        boolean news;
        lock.lock();
        try {
            SkillProblem before = byPlace.get(where);
            news = before == null || !before.message().equals(message);
            if (news) {
                byPlace.put(where, problem);
            }
        } finally {
            lock.unlock();
        }
        if (news) {
            log.warn("{}", message);
            tell(() -> listener.accept(problem));
        }
    }

    void solved(String where) {
        lock.lock();
        try {
            byPlace.remove(where);
        } finally {
            lock.unlock();
        }
    }

    List<SkillProblem> all() {
        lock.lock();
        try {
            return List.copyOf(byPlace.values());
        } finally {
            lock.unlock();
        }
    }

    /** A listener that throws harms nobody. */
    static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            log.warn("a listener of the skill registry threw; it is passed over", e);
        }
    }
}
