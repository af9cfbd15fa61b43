package io.victorhub.store;

import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the table knows of a task without reading what it carries. Guarded by the ledger's lock. */
final class QueuedTask {

    final String id;
    final String type;
    final @Nullable String lane;
    final int priority;
    final long sequence;
    final Instant submittedAt;
    final @Nullable Instant deadline;
    final @Nullable String uniqueKey;
    final @Nullable String parent;
    final @Nullable String batch;
    final Ref submission;

    TaskStatus status;
    Instant readyAt;
    long rank;
    int attempts;
    int round = 1;
    long lease;

    @Nullable Instant leasedAt;

    @Nullable Instant settledAt;

    boolean cancelRequested;

    @Nullable Progress progress;

    @Nullable Ref last;

    QueuedTask(long sequence, Instant at, Submission submission, Ref ref) {
        this.id = submission.task().id();
        this.type = submission.task().type();
        this.lane = submission.lane().orElse(null);
        this.priority = submission.task().priority();
        this.sequence = sequence;
        this.submittedAt = at;
        this.deadline = submission.task().deadline().orElse(null);
        this.uniqueKey = submission.uniqueKey().orElse(null);
        this.parent = submission.parent().orElse(null);
        this.batch = submission.batch().orElse(null);
        this.submission = ref;
        this.readyAt = submission.notBefore().filter(at::isBefore).orElse(at);
        this.status = submission.held() ? TaskStatus.HELD : TaskStatus.DELAYED;
    }

    boolean waits() {
        return status.compareTo(TaskStatus.RUNNING) < 0;
    }
}
