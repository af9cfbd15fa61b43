package io.victorhub.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a skill answers: it did the task, a part of it, or it did not.
 *
 * @since 0.1
 */
public sealed interface Result {

    /** {@return cost, quality, metadata and artifacts} */
    Details details();

    /** {@return a success with this output and nothing beside it} */
    static Success success(@Nullable Object output) {
        return new Success(output, Details.NONE);
    }

    /** {@return a success with this output and details} */
    static Success success(@Nullable Object output, Details details) {
        return new Success(output, details);
    }

    /** {@return a part of the work, with what is missing in words} */
    static Partial partial(@Nullable Object output, String missing) {
        return new Partial(output, missing, Details.NONE);
    }

    /** {@return a failure for this reason} */
    static Failure failure(Reason reason, String message) {
        return new Failure(reason, message, Optional.empty(), Details.NONE);
    }

    /** {@return a part of the work, with what is missing in words, and details} */
    static Partial partial(@Nullable Object output, String missing, Details details) {
        return new Partial(output, missing, details);
    }

    /** {@return a failure for this reason, with details such as the cost of trying} */
    static Failure failure(Reason reason, String message, Details details) {
        return new Failure(reason, message, Optional.empty(), details);
    }

    /** {@return a failure because somebody asked to slow down, to be tried again after {@code retryAfter} at the earliest} */
    static Failure rateLimited(String message, Duration retryAfter) {
        return new Failure(Reason.RATE_LIMITED, message, Optional.of(retryAfter), Details.NONE);
    }

    /** {@return a failure of the moment, to be tried again after {@code retryAfter} at the earliest} */
    static Failure unavailable(String message, Duration retryAfter) {
        return new Failure(Reason.UNAVAILABLE, message, Optional.of(retryAfter), Details.NONE);
    }

    /**
     * The task is done.
     *
     * @param output what came of it, a JSON value
     * @param details what there is to say beside it
     */
    record Success(@Nullable Object output, Details details) implements Result {
        /** @throws NotJsonException if the output is no JSON value */
        public Success {
            output = JsonValues.copyOf(output);
            Objects.requireNonNull(details, "details");
        }
    }

    /**
     * A part of the task is done. It is settled, not retried; it counts as no success in rates, and is worth its quality
     * (.5 where none is given) to the router.
     *
     * @param output what came of it, a JSON value
     * @param missing what was not done
     * @param details what there is to say beside it
     */
    record Partial(@Nullable Object output, String missing, Details details) implements Result {
        /** @throws NotJsonException if the output is no JSON value */
        public Partial {
            output = JsonValues.copyOf(output);
            missing = Names.whole(Objects.requireNonNull(missing, "missing"));
            Objects.requireNonNull(details, "details");
        }
    }

    /**
     * The task is not done.
     *
     * @param reason which decides whether it is tried again
     * @param message what happened, for a reader
     * @param retryAfter how long to wait at least before the next attempt
     * @param details what there is to say beside it, such as the cost of trying
     */
    record Failure(Reason reason, String message, Optional<Duration> retryAfter, Details details) implements Result {
        /** @throws IllegalArgumentException if {@code retryAfter} is negative */
        public Failure {
            Objects.requireNonNull(reason, "reason");
            message = Names.whole(Objects.requireNonNull(message, "message"));
            Objects.requireNonNull(details, "details");
            Objects.requireNonNull(retryAfter, "retryAfter")
                    .filter(Duration::isNegative)
                    .ifPresent(wait -> {
                        throw new IllegalArgumentException("retryAfter is " + wait + "; it must not be negative");
                    });
        }

        /** {@return whether another attempt may end better} */
        public boolean worthRetrying() {
            return reason.worthRetrying();
        }
    }

    /** Why a task was not done. */
    enum Reason {
        /** The inputs are not what the skill can work with. */
        INVALID_INPUT(false),
        /** The skill, or every skill that serves the type, declines this task. */
        REFUSED(false),
        /** What the skill returned is no result: null, not JSON, too large, or it names artifacts that are not there. */
        INVALID_RESULT(false),
        /** The skill threw. */
        SKILL_ERROR(true),
        /** Something that the skill needs is not there now. */
        UNAVAILABLE(true),
        /** Somebody asked to slow down. */
        RATE_LIMITED(true),
        /** It took longer than it may. */
        TIMED_OUT(true),
        /** The process ran out of something, such as memory. */
        RESOURCE(true),
        /** The process died while it ran. Not held against the skill unless all attempts end so. */
        LOST(true),
        /** Somebody cancelled it. Not learned from. */
        CANCELLED(false),
        /** Its deadline passed. Not learned from. */
        EXPIRED(false),
        /** The hub closed while it ran; the attempt does not count. Not learned from. */
        HUB_CLOSING(true);

        private final boolean worthRetrying;

        Reason(boolean worthRetrying) {
            this.worthRetrying = worthRetrying;
        }

        /** {@return whether another attempt may end better} */
        public boolean worthRetrying() {
            return worthRetrying;
        }

        /** {@return whether it says something about the skill, so that rates and routing count it} */
        public boolean learnedFrom() {
            return this != CANCELLED && this != EXPIRED && this != HUB_CLOSING;
        }
    }
}
