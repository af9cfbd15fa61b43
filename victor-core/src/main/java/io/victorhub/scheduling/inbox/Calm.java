package io.victorhub.scheduling.inbox;

import io.victorhub.scheduling.file.Stamp;
import org.jspecify.annotations.Nullable;

/** Tells when a file has been left alone for long enough, and whether what it holds now was unreadable before. */
final class Calm {

    private @Nullable Stamp stamp;
    private long sinceNanos;
    private boolean failed;

    /** Whether the file has looked like {@code now} for so long. */
    boolean lasts(Stamp now, long nowNanos, long quietNanos) {
        if (!now.equals(stamp)) {
            stamp = now;
            sinceNanos = nowNanos;
            failed = false;
        }
        return nowNanos - sinceNanos >= quietNanos;
    }

    /** Notes that the file cannot be read, and begins a quiet time anew; whether that was so before. */
    boolean failedBefore(long nowNanos) {
        boolean before = failed;
        failed = true;
        sinceNanos = nowNanos;
        return before;
    }

    boolean failed() {
        return failed;
    }
}
