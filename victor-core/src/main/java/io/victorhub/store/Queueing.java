package io.victorhub.store;

import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the table needs of a submission.
 *
 * @param id the task's id
 * @param type its type
 * @param lane its concurrency key
 * @param priority its priority
 * @param notBefore when it may start at the earliest
 * @param deadline when it must be done
 * @param uniqueKey what no other live task may have
 * @param parent what it belongs to
 * @param batch what else it belongs to
 * @param held whether somebody must release it
 */
record Queueing(
        String id,
        String type,
        @Nullable String lane,
        int priority,
        @Nullable Instant notBefore,
        @Nullable Instant deadline,
        @Nullable String uniqueKey,
        @Nullable String parent,
        @Nullable String batch,
        boolean held) {

    static Queueing of(Submission submission) {
        Task task = submission.task();
        return new Queueing(
                task.id(),
                task.type(),
                submission.lane().orElse(null),
                task.priority(),
                submission.notBefore().orElse(null),
                task.deadline().orElse(null),
                submission.uniqueKey().orElse(null),
                submission.parent().orElse(null),
                submission.batch().orElse(null),
                submission.held());
    }

    /** {@return whether it says nothing but id, type and priority} */
    boolean isPlain() {
        return lane == null && notBefore == null && isBare() && !held;
    }

    /** {@return whether the table needs to remember nothing beyond its row} */
    boolean isBare() {
        return deadline == null && uniqueKey == null && parent == null && batch == null;
    }
}
