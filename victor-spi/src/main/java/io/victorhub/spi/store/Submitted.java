package io.victorhub.spi.store;

import java.util.Objects;

/**
 * What became of one submission.
 *
 * @since 0.1
 */
public sealed interface Submitted {

    /** {@return the id of the task that was submitted} */
    String taskId();

    /**
     * It is queued.
     *
     * @param taskId its id
     */
    record Accepted(String taskId) implements Submitted {
        /** Checks that nothing is missing. */
        public Accepted {
            Objects.requireNonNull(taskId, "taskId");
        }
    }

    /**
     * A task of that id is there already, waiting, running or settled; nothing was done.
     *
     * @param taskId its id
     */
    record Known(String taskId) implements Submitted {
        /** Checks that nothing is missing. */
        public Known {
            Objects.requireNonNull(taskId, "taskId");
        }
    }

    /**
     * Another task of the same unique key is waiting or running; this one stands for both.
     *
     * @param taskId the id of the one that was submitted, and is not queued
     * @param liveId the id of the other one
     */
    record Joined(String taskId, String liveId) implements Submitted {
        /** Checks that nothing is missing. */
        public Joined {
            Objects.requireNonNull(taskId, "taskId");
            Objects.requireNonNull(liveId, "liveId");
        }
    }

    /**
     * It cannot be queued.
     *
     * @param taskId its id
     * @param why the rule that it breaks, and the remedy
     */
    record Refused(String taskId, String why) implements Submitted {
        /** Checks that nothing is missing. */
        public Refused {
            Objects.requireNonNull(taskId, "taskId");
            Objects.requireNonNull(why, "why");
        }
    }
}
