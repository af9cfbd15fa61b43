package io.victorhub;

import io.victorhub.audit.chain.AuditChain;
import io.victorhub.json.Json;
import io.victorhub.json.JsonException;
import io.victorhub.json.JsonLimits;
import io.victorhub.scheduling.StopOrder;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Versioned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stop of everything, kept in the state store under {@code guard/stop}, and the file that asks for it. */
final class StopSwitch {

    /** What a stop does to a hub; called by one thread at a time. */
    interface Brakes {
        /** Lets nothing begin. */
        void stop(StopOrder order, boolean endRunning);

        /** Lets things begin again. */
        void letGo();
    }

    private static final Logger log = LoggerFactory.getLogger(Hub.class);
    private static final String KEY = "guard/stop";
    private static final String FILE_ACTOR = "the file STOP";
    private static final int LONGEST_READ = 1000;
    private static final JsonLimits LIMITS = new JsonLimits(StateStore.MAX_VALUE_BYTES, 10);

    private final Path file;
    private final StateStore state;
    private final AuditChain audit;
    private final InstantSource clock;
    private final Brakes brakes;
    private final ReentrantLock lock = new ReentrantLock(); // one change at a time, from its record to its effect
    private volatile @Nullable StopOrder order;

    StopSwitch(Path home, StateStore state, AuditChain audit, InstantSource clock, Brakes brakes) {
        this.file = home.resolve("STOP");
        this.state = state;
        this.audit = audit;
        this.clock = clock;
        this.brakes = brakes;
    }

    /** Does what was said before the hub was opened, and what the file says. */
    void open() {
        StopOrder kept = state.read(KEY).map(StopSwitch::read).orElse(null);
        if (kept != null) {
            log.warn("nothing begins: {}", kept.text());
            order = kept;
            brakes.stop(kept, false);
        }
        lookForFile();
    }

    Optional<StopOrder> order() {
        return Optional.ofNullable(order);
    }

    /**
     * Looks for the file, first.
     *
     * @throws IllegalStateException if everything was stopped
     */
    void requireGoing() {
        lookForFile();
        requireNotStopped();
    }

    /** The same without a look for the file. */
    void requireNotStopped() {
        StopOrder now = order;
        if (now != null) {
            throw new IllegalStateException(now.text() + (Files.exists(file) ? ", once " + file + " is removed" : ""));
        }
    }

    void stop(String actor, String reason, boolean endRunning) {
        AuditChain.requireWord(actor, reason);
        lock.lock();
        try {
            StopOrder now = new StopOrder(actor, reason, clock.instant());
            try {
                audit.add(actor, "hub.stopped", "", reason, Map.of("endRunning", endRunning));
                keep(now);
            } catch (StorageException e) { // rather stopped without a record than going on without one
                engage(now, endRunning);
                throw new StorageException(
                        "everything is stopped in this process, but that could not be kept, and the next start would go on: "
                                + e.getMessage() + "; stop it again when the disk is well",
                        e);
            }
            engage(now, endRunning);
        } finally {
            lock.unlock();
        }
    }

    boolean allowAgain(String actor, String reason) {
        AuditChain.requireWord(actor, reason);
        lock.lock();
        try {
            if (order == null) {
                return false;
            }
            if (Files.exists(file)) {
                throw new IllegalStateException("the file " + file + " still stops everything; remove it first");
            }
            audit.add(actor, "hub.allowed", "", reason, Map.of());
            Optional<Versioned> kept = state.read(KEY);
            if (kept.isPresent()) {
                state.change(List.of(Change.delete(KEY, kept.get().version())));
            }
            order = null;
            log.warn("what was stopped goes on: {} allows it ({})", actor, reason);
            brakes.letGo();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody without the hub in hand may have put the file there. Throws nothing. */
    void lookForFile() {
        if (order != null || !Files.exists(file)) {
            return;
        }
        try {
            stop(FILE_ACTOR, reasonInFile(), false);
        } catch (StorageException e) {
            log.warn("the file {} stops everything, which could not be recorded", file, e);
        }
    }

    private void engage(StopOrder now, boolean endRunning) {
        order = now;
        log.warn("{}", now.text());
        brakes.stop(now, endRunning);
    }

    private void keep(StopOrder now) {
        byte[] value = Json.compact(Map.of(
                "actor", now.actor(), "reason", now.reason(), "at", now.at().toString()));
        long version;
        do {
            version = state.read(KEY).map(Versioned::version).orElse(0L);
        } while (!state.change(List.of(Change.put(KEY, version, value))));
    }

    /** One that cannot be read stops everything too. */
    private static StopOrder read(Versioned kept) {
        try {
            if (Json.parse(kept.value(), LIMITS) instanceof Map<?, ?> members
                    && members.get("actor") instanceof String actor
                    && members.get("reason") instanceof String reason
                    && members.get("at") instanceof String at) {
                return new StopOrder(actor, reason, Instant.parse(at));
            }
        } catch (JsonException | DateTimeException e) {
            log.warn("the stop that is kept under {} cannot be read, and holds", KEY, e);
        }
        return new StopOrder("somebody", "the record of it cannot be read", Instant.EPOCH);
    }

    private String reasonInFile() {
        String fallback = "no reason is written in " + file;
        try (var in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST_READ), StandardCharsets.UTF_8);
            String line = text.lines().findFirst().orElse("").strip();
            return line.isEmpty() ? fallback : line;
        } catch (IOException e) {
            return fallback;
        }
    }
}
