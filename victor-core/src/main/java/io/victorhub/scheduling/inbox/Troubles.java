package io.victorhub.scheduling.inbox;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of each trouble once, not at every look, and again when it comes back. Written by one thread at a time. */
final class Troubles {

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    private Set<String> before = Set.of();
    private Set<String> now = new LinkedHashSet<>();
    private volatile @Nullable String latest;

    /** A look begins. */
    void begin() {
        before = now;
        now = new LinkedHashSet<>();
    }

    /** Something keeps the inbox from its work. */
    void tell(String what, Throwable cause) {
        String trouble = what + ": " + cause;
        if (now.add(trouble) && !before.contains(trouble)) {
            log.warn("{}; it is tried again at the next look", what, cause);
        }
    }

    /** A look ended. */
    void end() {
        latest = now.isEmpty() ? null : now.iterator().next();
    }

    /** What kept the inbox from its work at the last look; any thread. */
    Optional<String> latest() {
        return Optional.ofNullable(latest);
    }
}
