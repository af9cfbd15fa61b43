package io.victorhub.review;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Result.Reason;

/** How an attempt, or a task, ended, as far as it matters for counting. */
enum Ending {
    SUCCEEDED(true, true),
    PARTIAL(true, true),
    FAILED(true, true),
    /** Its process died: a task is not done, and no skill is to blame. */
    LOST(true, false),
    CANCELLED(false, false),
    EXPIRED(false, false),
    /** The hub closed; as if there had been no attempt. */
    INTERRUPTED(false, false);

    private final boolean countsForTasks;
    private final boolean countsForSkills;

    Ending(boolean countsForTasks, boolean countsForSkills) {
        this.countsForTasks = countsForTasks;
        this.countsForSkills = countsForSkills;
    }

    boolean countsForTasks() {
        return countsForTasks;
    }

    boolean countsForSkills() {
        return countsForSkills;
    }

    static Ending of(Execution execution) {
        Ending byStatus = of(execution.status());
        return byStatus == FAILED
                ? execution.trouble().map(trouble -> of(trouble.reason())).orElse(FAILED)
                : byStatus;
    }

    static Ending of(Execution.Status status) {
        return switch (status) {
            case SUCCESS -> SUCCEEDED;
            case PARTIAL -> PARTIAL;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
            case EXPIRED -> EXPIRED;
        };
    }

    static Ending of(Reason reason) {
        return switch (reason) {
            case LOST -> LOST;
            case CANCELLED -> CANCELLED;
            case EXPIRED -> EXPIRED;
            case HUB_CLOSING -> INTERRUPTED;
            default -> FAILED;
        };
    }
}
