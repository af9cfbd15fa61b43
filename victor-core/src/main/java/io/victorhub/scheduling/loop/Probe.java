package io.victorhub.scheduling.loop;

import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.Versioned;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether a store that was in trouble keeps things again: writes a note, and takes it away. */
final class Probe {

    private static final Logger log = LoggerFactory.getLogger(Probe.class);
    private static final String KEY = "probe";
    private static final int BYTES = 64 << 10; // a full disk may have room for a small one in its last block

    private final StateStore state;

    Probe(StateStore state) {
        this.state = state;
    }

    boolean succeeds() {
        try {
            long before = state.read(KEY).map(Versioned::version).orElse(0L);
            boolean kept = state.change(List.of(Change.put(KEY, before, new byte[BYTES])));
            state.read(KEY).ifPresent(note -> state.change(List.of(Change.delete(KEY, note.version()))));
            return kept;
        } catch (RuntimeException e) {
            log.debug("the store does not keep things yet", e);
            return false;
        }
    }
}
