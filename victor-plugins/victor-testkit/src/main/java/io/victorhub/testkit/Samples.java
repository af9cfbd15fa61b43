package io.victorhub.testkit;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Settlement;
import java.time.Instant;

/** Plain tasks and ends of attempts, for tests in which they matter little. */
final class Samples {

    private static final String TYPE = "t";

    private Samples() {}

    /** {@return a submission of type {@code t} with nothing special about it} */
    static Submission task(String id) {
        return of(id).build();
    }

    /** {@return a submission of a type} */
    static Submission task(String id, String type) {
        return Submission.of(Task.of(type).id(id).build());
    }

    /** {@return a submission of type {@code t} with a priority} */
    static Submission task(String id, int priority) {
        return Submission.of(Task.of(TYPE).id(id).priority(priority).build());
    }

    /** {@return a submission of type {@code t} with a deadline} */
    static Submission due(String id, Instant deadline) {
        return Submission.of(Task.of(TYPE).id(id).deadline(deadline).build());
    }

    /** {@return a builder of a submission of type {@code t}} */
    static Submission.Builder of(String id) {
        return Submission.builder(Task.of(TYPE).id(id).build());
    }

    /** {@return what the log shall say of an attempt that went well} */
    static Execution success(Lease lease, Instant at) {
        return attempt(lease, at).output("made by " + lease.taskId()).build();
    }

    /** {@return what the log shall say of an attempt that failed} */
    static Execution failure(Lease lease, Instant at) {
        return attempt(lease, at)
                .status(Execution.Status.FAILED)
                .trouble(Execution.Trouble.of(Result.Reason.UNAVAILABLE, "the service does not answer"))
                .build();
    }

    /** {@return the end of an attempt that went well} */
    static Settlement done(Lease lease, Instant at) {
        return Settlement.of(lease, Disposition.done(), success(lease, at));
    }

    /** {@return the end of an attempt after which the task is a dead letter} */
    static Settlement dead(Lease lease, Instant at) {
        return Settlement.of(lease, Disposition.dead(), failure(lease, at));
    }

    /** {@return the end of an attempt after which there shall be another} */
    static Settlement retry(Lease lease, Instant at, Instant next) {
        return Settlement.of(
                lease,
                Disposition.retry(next),
                failure(lease, at).toBuilder().retryAt(next).build());
    }

    private static Execution.Builder attempt(Lease lease, Instant at) {
        return Execution.of(lease.taskId(), lease.task().type())
                .priority(lease.task().priority())
                .attempt(lease.attempt())
                .round(lease.round())
                .startedAt(at);
    }
}
