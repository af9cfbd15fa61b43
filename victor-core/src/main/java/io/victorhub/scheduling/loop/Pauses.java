package io.victorhub.scheduling.loop;

import io.victorhub.json.Json;
import io.victorhub.json.JsonException;
import io.victorhub.json.JsonLimits;
import io.victorhub.scheduling.Pause;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Versioned;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is paused, kept in the state store under {@code pause/<type>}, with its end and its reason; everything is
 * {@code pause/*}. What has an end counts no more from then on; the timer sees to it that somebody hears of it.
 */
final class Pauses {

    private static final Logger log = LoggerFactory.getLogger(Pauses.class);
    private static final String PREFIX = "pause/";
    private static final String ALL = "*";
    private static final JsonLimits LIMITS = new JsonLimits(StateStore.MAX_VALUE_BYTES, 10);

    /** A clock that is set forward is noticed after that long. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    private final StateStore state;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final Runnable ended;
    private final ReentrantLock lock = new ReentrantLock(); // what is kept and what is remembered change together
    private final ConcurrentNavigableMap<String, Pause> paused = new ConcurrentSkipListMap<>();
    private @Nullable Future<?> look; // guarded by lock

    /** @param ended called when a pause has ended by itself, without locks */
    Pauses(StateStore state, InstantSource clock, ScheduledExecutorService timer, Runnable ended) {
        this.state = state;
        this.clock = clock;
        this.timer = timer;
        this.ended = ended;
        String after = "";
        for (List<Versioned> page = state.list(PREFIX, after, 100);
                !page.isEmpty();
                page = state.list(PREFIX, after, 100)) {
            page.forEach(entry -> paused.put(entry.key().substring(PREFIX.length()), read(entry)));
            after = page.get(page.size() - 1).key();
        }
        lookLater();
    }

    boolean all() {
        Pause pause = paused.get(ALL);
        return pause != null && !isOver(pause, clock.instant());
    }

    Set<String> types() {
        if (paused.isEmpty()) {
            return Set.of();
        }
        Instant now = clock.instant();
        Set<String> types = new TreeSet<>();
        paused.forEach((what, pause) -> {
            if (!what.equals(ALL) && !isOver(pause, now)) {
                types.add(what);
            }
        });
        return types;
    }

    /** {@return what is paused, everything first, then types by their names} */
    List<Pause> list() {
        Instant now = clock.instant();
        return paused.values().stream().filter(pause -> !isOver(pause, now)).toList();
    }

    /** Pauses something, in place of an earlier pause of the same. */
    void pause(Pause pause) {
        Instant now = clock.instant();
        if (isOver(pause, now)) {
            throw new IllegalArgumentException("a pause of " + words(pause) + " until "
                    + pause.until().orElse(now) + ", which is past (it is " + now + "); give a later instant");
        }
        String what = pause.type().orElse(ALL);
        lock.lock();
        try {
            while (!state.change(List.of(Change.put(PREFIX + what, version(what), write(pause))))) {
                Thread.onSpinWait(); // another hub changed it in between; look again
            }
            paused.put(what, pause);
            lookLater();
        } finally {
            lock.unlock();
        }
    }

    void resumeAll() {
        resume(ALL);
    }

    void resumeType(String type) {
        resume(Pause.of(type).type().orElse(ALL)); // refuses what is no type
    }

    private void resume(String what) {
        lock.lock();
        try {
            remove(what);
            paused.remove(what);
        } finally {
            lock.unlock();
        }
    }

    private void remove(String what) {
        for (long version = version(what); version > 0; version = version(what)) {
            if (state.change(List.of(Change.delete(PREFIX + what, version)))) {
                return;
            }
        }
    }

    private long version(String what) {
        return state.read(PREFIX + what).map(Versioned::version).orElse(0L);
    }

    /** Under the lock, or before anybody else knows of this. */
    private void lookLater() {
        if (look != null) {
            look.cancel(false);
            look = null;
        }
        Optional<Instant> next = paused.values().stream()
                .flatMap(pause -> pause.until().stream())
                .min(Instant::compareTo);
        if (next.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Duration left = next.get().isAfter(now.plus(LONGEST_SLEEP)) ? LONGEST_SLEEP : Duration.between(now, next.get());
        try {
            look = timer.schedule(this::endWhatIsOver, Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("the hub closes; pauses that end later end at its next start", e);
        }
    }

    private void endWhatIsOver() {
        Instant now = clock.instant();
        boolean any = false;
        lock.lock();
        try {
            for (Map.Entry<String, Pause> entry : paused.entrySet()) {
                if (isOver(entry.getValue(), now)) {
                    paused.remove(entry.getKey());
                    forget(entry.getKey());
                    any = true;
                }
            }
            lookLater();
        } finally {
            lock.unlock();
        }
        if (any) {
            ended.run();
        }
    }

    /** What is over counts no more, kept or not. */
    private void forget(String what) {
        try {
            remove(what);
        } catch (StorageException e) {
            log.debug("the pause of {} is over and stays in the store until it is paused again", what, e);
        }
    }

    private static boolean isOver(Pause pause, Instant now) {
        return pause.until().isPresent() && !pause.until().get().isAfter(now);
    }

    private static String words(Pause pause) {
        return pause.type().map(type -> "type " + type).orElse("all types");
    }

    private static byte[] write(Pause pause) {
        Map<String, Object> members = new LinkedHashMap<>();
        pause.until().ifPresent(until -> members.put("until", until.toString()));
        if (!pause.reason().isEmpty()) {
            members.put("reason", pause.reason());
        }
        return Json.compact(members);
    }

    /** One that cannot be read holds until somebody resumes it. */
    private static Pause read(Versioned entry) {
        String what = entry.key().substring(PREFIX.length());
        Pause pause = what.equals(ALL) ? Pause.everything() : Pause.of(what);
        try {
            if (Json.parse(entry.value(), LIMITS) instanceof Map<?, ?> members) {
                if (members.get("until") instanceof String until) {
                    pause = pause.until(Instant.parse(until));
                }
                return members.get("reason") instanceof String reason ? pause.because(reason) : pause;
            }
        } catch (JsonException | DateTimeException | IllegalArgumentException e) {
            log.warn("the pause of {} cannot be read; it lasts until somebody resumes it", what, e);
        }
        return pause;
    }
}
