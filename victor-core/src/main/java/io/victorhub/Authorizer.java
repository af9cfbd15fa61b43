package io.victorhub;

import io.victorhub.spi.Submission;
import java.util.Optional;

/**
 * Decides what a hub may be asked to do. Handed to {@link HubBuilder#authorizer}; without one, everything is allowed.
 *
 * <pre>{@code
 * hub.authorizer((submission, source) -> source == Authorizer.Source.INBOX && submission.task().type().startsWith("admin.")
 *         ? Optional.of("admin tasks are submitted in code only")
 *         : Optional.empty());
 * }</pre>
 *
 * <p><b>Threads:</b> called by several at once, without locks, before each submission: keep it quick.
 *
 * <p><b>Errors:</b> one that throws refuses.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Authorizer {

    /** Who submits. */
    enum Source {
        /** Code of the host, which called the hub. */
        HOST,
        /** A file in the inbox. */
        INBOX
    }

    /**
     * {@return why the submission is refused, in words that its sender can act upon; empty if it is allowed} Follow-ups of
     * a skill are not asked about: they belong to a task that was allowed.
     */
    Optional<String> refusal(Submission submission, Source source);
}
