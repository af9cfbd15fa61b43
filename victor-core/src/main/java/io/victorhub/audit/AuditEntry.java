package io.victorhub.audit;

import io.victorhub.spi.JsonValues;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change of what may run or how.
 *
 * @param number which entry it is, from 1, without gaps
 * @param at when
 * @param actor who, 1 to {@value #LONGEST_NAME} characters
 * @param action what was done, such as {@code task.approved}
 * @param subject what it was done to, such as a task's id; may be empty
 * @param reason why, 1 to {@value #LONGEST_REASON} characters
 * @param details anything else, as JSON values
 * @param hash SHA-256 of this entry and the hash before, in hexadecimal digits
 * @since 0.1
 */
public record AuditEntry(
        long number,
        Instant at,
        String actor,
        String action,
        String subject,
        String reason,
        Map<String, @Nullable Object> details,
        String hash) {

    /** How many characters an actor has at most. */
    public static final int LONGEST_NAME = 200;

    /** How many characters a reason has at most. */
    public static final int LONGEST_REASON = 1000;

    /** Copies the map. */
    public AuditEntry( // not compact: javac would drop the annotation of its type argument
            long number,
            Instant at,
            String actor,
            String action,
            String subject,
            String reason,
            Map<String, @Nullable Object> details,
            String hash) {
        this.number = number;
        this.at = Objects.requireNonNull(at, "at");
        this.actor = Objects.requireNonNull(actor, "actor");
        this.action = Objects.requireNonNull(action, "action");
        this.subject = Objects.requireNonNull(subject, "subject");
        this.reason = Objects.requireNonNull(reason, "reason");
        this.details = JsonValues.copyOfObject("details", details);
        this.hash = Objects.requireNonNull(hash, "hash");
    }
}
