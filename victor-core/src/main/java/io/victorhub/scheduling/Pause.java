package io.victorhub.scheduling;

import io.victorhub.spi.JsonValues;
import io.victorhub.spi.Task;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A time in which no tasks are started: of one type or of any, until somebody resumes it or until an instant.
 *
 * <pre>{@code
 * hub.scheduler().pause(Pause.of("mail").until(tomorrow).because("the provider is down"));
 * }</pre>
 *
 * @param type the type that is paused; empty for all of them
 * @param until when it ends by itself; empty if it does not
 * @param reason why, for whoever looks; may be empty, at most {@value #LONGEST_REASON} characters
 * @since 0.1
 */
public record Pause(Optional<String> type, Optional<Instant> until, String reason) {

    /** How many characters a reason has at most. */
    public static final int LONGEST_REASON = 1000;

    /** @throws IllegalArgumentException if the type is no name, or the reason is too long or no text for JSON */
    public Pause {
        Objects.requireNonNull(type, "type").ifPresent(Pause::requireType);
        Objects.requireNonNull(until, "until");
        JsonValues.copyOf(Objects.requireNonNull(reason, "reason"));
        if (reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("the reason of a pause has " + reason.length()
                    + " characters; it must have at most " + LONGEST_REASON);
        }
    }

    /** {@return a pause of all types, until somebody resumes them} */
    public static Pause everything() {
        return new Pause(Optional.empty(), Optional.empty(), "");
    }

    /** {@return a pause of one type, until somebody resumes it} */
    public static Pause of(String type) {
        return new Pause(Optional.of(type), Optional.empty(), "");
    }

    /** {@return the same, which ends by itself then} */
    public Pause until(Instant end) {
        return new Pause(type, Optional.of(end), reason);
    }

    /** {@return the same, for that reason} */
    public Pause because(String why) {
        return new Pause(type, until, why);
    }

    private static void requireType(String type) {
        if (type.equals("*")) {
            throw new IllegalArgumentException("'*' is no task type; use pause() and resume() for all of them");
        }
        Task.of(type); // refuses what is no name
    }
}
