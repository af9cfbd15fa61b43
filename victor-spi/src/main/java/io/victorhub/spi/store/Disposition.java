package io.victorhub.spi.store;

import java.time.Instant;
import java.util.Objects;

/**
 * What becomes of a task when its lease ends.
 *
 * @since 0.1
 */
public sealed interface Disposition {

    /** {@return settled: the task is done, wholly or in part} */
    static Disposition done() {
        return Settled.DONE;
    }

    /** {@return settled: the task is a dead letter, until somebody requeues it} */
    static Disposition dead() {
        return Settled.DEAD;
    }

    /** {@return settled: somebody cancelled it} */
    static Disposition cancelled() {
        return Settled.CANCELLED;
    }

    /** {@return settled: its deadline passed} */
    static Disposition expired() {
        return Settled.EXPIRED;
    }

    /** {@return another attempt, at {@code at} and never earlier} */
    static Disposition retry(Instant at) {
        return new Retry(at);
    }

    /** {@return back to the queue at {@code notBefore}, as if it had not been leased} */
    static Disposition released(Instant notBefore) {
        return new Released(notBefore);
    }

    /**
     * No further attempt.
     *
     * @param as how it is settled
     */
    record Settled(TaskStatus as) implements Disposition {
        private static final Settled DONE = new Settled(TaskStatus.DONE);
        private static final Settled DEAD = new Settled(TaskStatus.DEAD);
        private static final Settled CANCELLED = new Settled(TaskStatus.CANCELLED);
        private static final Settled EXPIRED = new Settled(TaskStatus.EXPIRED);

        /** @throws IllegalArgumentException if {@code as} is the status of a task that is not settled */
        public Settled {
            if (!as.settled()) {
                throw new IllegalArgumentException("a task cannot be settled as " + as);
            }
        }
    }

    /**
     * Another attempt.
     *
     * @param at when, at the earliest
     */
    record Retry(Instant at) implements Disposition {
        /** Checks that nothing is missing. */
        public Retry {
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * The lease does not count.
     *
     * @param notBefore when it may be leased again, at the earliest
     */
    record Released(Instant notBefore) implements Disposition {
        /** Checks that nothing is missing. */
        public Released {
            Objects.requireNonNull(notBefore, "notBefore");
        }
    }
}
