package io.victorhub.store;

import io.victorhub.spi.Choice;
import io.victorhub.spi.Closed;
import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is left of a task after its erasure: names, counts and durations, nothing that it carried. */
final class Blank {

    /** What stands in a record where an erased task was; shorter than any task, and known again by that. */
    private static final byte[] ERASED = {'"', '"'};

    private Blank() {}

    /** {@return whether bytes of a record stand for an erased task} */
    static boolean isErased(byte[] json) {
        return Arrays.equals(json, ERASED);
    }

    /** {@return what is left of a submission, as a record holds it} */
    static Payload<Submission> payload(Submission submission) {
        return new Payload<>(of(submission), ERASED.clone());
    }

    /** {@return the same, of how it was queued} */
    static Payload<Submission> payload(Queueing how) {
        Submission.Builder blank = Submission.builder(Task.of(how.type())
                        .id(how.id())
                        .priority(how.priority())
                        .deadline(how.deadline())
                        .build())
                .held(how.held());
        if (how.parent() != null) {
            blank.parent(how.parent());
        }
        if (how.batch() != null) {
            blank.batch(how.batch());
        }
        return payload(blank.build());
    }

    static Submission of(Submission submission) {
        Task task = submission.task();
        Submission.Builder blank = Submission.builder(Task.of(task.type())
                        .id(task.id())
                        .priority(task.priority())
                        .deadline(task.deadline().orElse(null))
                        .build())
                .held(submission.held());
        submission.parent().ifPresent(blank::parent);
        submission.batch().ifPresent(blank::batch);
        return blank.build();
    }

    static Queueing of(Queueing how) {
        return new Queueing(
                how.id(),
                how.type(),
                null,
                how.priority(),
                null,
                how.deadline(),
                null,
                how.parent(),
                how.batch(),
                how.held());
    }

    static LogEntry of(LogEntry entry) {
        if (entry instanceof Execution execution) {
            return execution.toBuilder()
                    .output(null)
                    .details(new Details(
                            execution.details().cost(), execution.details().quality(), Map.of(), List.of()))
                    .trouble(execution
                            .trouble()
                            .map(trouble ->
                                    new Execution.Trouble(trouble.reason(), "", trouble.exception(), Optional.empty()))
                            .orElse(null))
                    .missing("")
                    .choice(execution.choice().map(Blank::of).orElse(null))
                    .lines(List.of())
                    .build();
        }
        return entry instanceof Closed closed
                ? new Closed(
                        closed.taskId(),
                        closed.type(),
                        closed.reason(),
                        "",
                        closed.attempts(),
                        closed.round(),
                        closed.at())
                : entry;
    }

    private static Choice of(Choice choice) {
        return new Choice(
                choice.candidates(),
                choice.features(),
                choice.seed(),
                choice.policy(),
                choice.position(),
                choice.propensity(),
                "");
    }
}
