package io.victorhub.dispatch;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** How many attempts each skill has under way, and how many of its threads are lost. */
final class SkillLoad {

    /** The load of one skill, whatever versions of it come and go. */
    final class Load {
        private final String skill;
        private final int limit;
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger stuck = new AtomicInteger();

        private Load(String skill, int limit) {
            this.skill = skill;
            this.limit = limit;
        }

        /** Takes a place; false if the skill has none left. */
        boolean tryEnter() {
            for (int now = running.get(); now < limit; now = running.get()) {
                if (running.compareAndSet(now, now + 1)) {
                    return true;
                }
            }
            return false;
        }

        void leave() {
            running.decrementAndGet();
        }

        boolean hasRoom() {
            return running.get() < limit && !isBarred();
        }

        /** {@return whether it may not be called now, however few of its attempts run} */
        boolean isBarred() {
            Set<String> now = barred.get();
            return !now.isEmpty() && now.contains(skill);
        }

        /** {@return how many more attempts it has room for; unlimited where it has no limit} */
        int room() {
            return isBroken() || isBarred() ? 0 : limit == UNLIMITED ? UNLIMITED : Math.max(0, limit - running.get());
        }

        int running() {
            return running.get();
        }

        /** A thread is lost to it. */
        void lose() {
            if (stuck.incrementAndGet() == stuckThreads) {
                broken.incrementAndGet();
            }
        }

        /** A thread that was given up has ended after all. */
        void recover() {
            if (stuck.decrementAndGet() == stuckThreads - 1) {
                broken.decrementAndGet();
            }
        }

        /** An open breaker closes by itself when enough of the lost threads end. */
        boolean isBroken() {
            return stuck.get() >= stuckThreads;
        }
    }

    static final int UNLIMITED = Integer.MAX_VALUE;

    private final Map<String, Load> loads = new ConcurrentHashMap<>();
    private final Map<String, Integer> limits;
    private final int stuckThreads;
    private final Supplier<Set<String>> barred;
    private final AtomicInteger broken = new AtomicInteger();

    /** @param barred tells which skills may not be called now; another set when they change */
    SkillLoad(Map<String, Integer> limits, int stuckThreads, Supplier<Set<String>> barred) {
        this.limits = limits;
        this.stuckThreads = stuckThreads;
        this.barred = barred;
    }

    Load of(String skill) {
        Load load = loads.get(skill);
        return load == null
                ? loads.computeIfAbsent(skill, name -> new Load(name, limits.getOrDefault(name, UNLIMITED)))
                : load;
    }

    /** {@return whether any skill may have less than unlimited room} Most hubs have none, and need not look further. */
    boolean limitsAny() {
        return !limits.isEmpty() || anyBroken() || !barred.get().isEmpty();
    }

    /** {@return the skills that may not be called now} */
    Set<String> barred() {
        return barred.get();
    }

    boolean anyBroken() {
        return broken.get() > 0;
    }

    /** {@return the names of the skills whose breaker is open} */
    Set<String> broken() {
        if (!anyBroken()) {
            return Set.of();
        }
        Set<String> names = new TreeSet<>();
        loads.forEach((name, load) -> {
            if (load.isBroken()) {
                names.add(name);
            }
        });
        return names;
    }

    int stuck() {
        return loads.values().stream().mapToInt(load -> load.stuck.get()).sum();
    }
}
