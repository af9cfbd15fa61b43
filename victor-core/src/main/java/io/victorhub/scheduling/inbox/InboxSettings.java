package io.victorhub.scheduling.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/**
 * What an inbox is told once.
 *
 * @param folder the folder of {@code queue.json}, {@code imported/} and {@code rejected/}; made where it is not there
 * @param zone the zone of deadlines without an offset
 * @param checkInterval how often to look when no file event came
 * @param quiet how long a file must be unchanged before it is read
 * @param maxBytes how long a file may be
 */
public record InboxSettings(Path folder, ZoneId zone, Duration checkInterval, Duration quiet, long maxBytes) {

    /** How often to look where nothing else is said. */
    public static final Duration DEFAULT_CHECK_INTERVAL = Duration.ofSeconds(60);

    /** How long a file must be unchanged where nothing else is said. */
    public static final Duration DEFAULT_QUIET = Duration.ofSeconds(1);

    /** How long a file may be where nothing else is said: 64 MiB. */
    public static final long DEFAULT_MAX_BYTES = 64L << 20;

    /** @throws IllegalArgumentException if a duration is not positive (quiet: negative), or no byte is allowed */
    public InboxSettings {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(zone, "zone");
        if (checkInterval.isNegative() || checkInterval.isZero()) {
            throw new IllegalArgumentException("an inbox that looks every " + checkInterval + "; make it longer");
        }
        if (quiet.isNegative()) {
            throw new IllegalArgumentException("an inbox with the quiet time " + quiet + "; it must be 0 or more");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("an inbox for files of " + maxBytes + " bytes; allow 1 or more");
        }
    }

    /** {@return the defaults for a folder and a zone} */
    public static InboxSettings of(Path folder, ZoneId zone) {
        return new InboxSettings(folder, zone, DEFAULT_CHECK_INTERVAL, DEFAULT_QUIET, DEFAULT_MAX_BYTES);
    }
}
