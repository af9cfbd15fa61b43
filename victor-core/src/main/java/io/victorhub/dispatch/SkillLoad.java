package io.victorhub.dispatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many attempts each skill has under way, and how many of its threads are lost. */
final class SkillLoad {

    private static final class Load {
        final AtomicInteger running = new AtomicInteger();
        final AtomicInteger stuck = new AtomicInteger();
    }

    private final Map<String, Load> loads = new ConcurrentHashMap<>();
    private final Map<String, Integer> limits;
    private final int stuckThreads;

    SkillLoad(Map<String, Integer> limits, int stuckThreads) {
        this.limits = limits;
        this.stuckThreads = stuckThreads;
    }

    /** Takes a place; false if the skill has none left. */
    boolean tryEnter(String skill) {
        AtomicInteger running = load(skill).running;
        int limit = limits.getOrDefault(skill, Integer.MAX_VALUE);
        for (int now = running.get(); now < limit; now = running.get()) {
            if (running.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    void leave(String skill) {
        load(skill).running.decrementAndGet();
    }

    boolean hasRoom(String skill) {
        return load(skill).running.get() < limits.getOrDefault(skill, Integer.MAX_VALUE);
    }

    int running(String skill) {
        return load(skill).running.get();
    }

    /** {@return how many of the skill's threads are lost now, this one included} */
    int lose(String skill) {
        return load(skill).stuck.incrementAndGet();
    }

    /** A thread that was given up has ended after all. */
    void recover(String skill) {
        load(skill).stuck.decrementAndGet();
    }

    /** An open breaker closes by itself when enough of the lost threads end. */
    boolean isBroken(String skill) {
        return load(skill).stuck.get() >= stuckThreads;
    }

    int stuck() {
        return loads.values().stream().mapToInt(load -> load.stuck.get()).sum();
    }

    private Load load(String skill) {
        return loads.computeIfAbsent(skill, name -> new Load());
    }
}
