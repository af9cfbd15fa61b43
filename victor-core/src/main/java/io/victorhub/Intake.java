package io.victorhub;

import io.victorhub.scheduling.loop.WorkLoop;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Lets tasks in: asks the authorizer, adds the logging context of who submits, and hands them to the store. */
final class Intake {

    private final TaskStore tasks;
    private final WorkLoop loop;
    private final Authorizer authorizer;
    private final Predicate<String> beingDone;

    /** @param beingDone tells of the ids that are done at once now, which nobody may queue meanwhile */
    Intake(TaskStore tasks, WorkLoop loop, Authorizer authorizer, Predicate<String> beingDone) {
        this.tasks = tasks;
        this.loop = loop;
        this.authorizer = authorizer;
        this.beingDone = beingDone;
    }

    /** {@return what became of each, in their order} */
    List<Submitted> submit(Collection<Submission> all, Authorizer.Source source) {
        List<@Nullable Submitted> answers = new ArrayList<>(all.size());
        List<Submission> allowed = new ArrayList<>(all.size());
        for (Submission submission : all) {
            String id = submission.task().id();
            Optional<String> refusal = beingDone.test(id)
                    ? Optional.of("task " + id + " is being done now; give each an id of its own")
                    : refusal(submission, source);
            answers.add(
                    refusal.map(why -> new Submitted.Refused(submission.task().id(), why))
                            .orElse(null));
            if (refusal.isEmpty()) {
                allowed.add(withContext(submission));
            }
        }
        List<Submitted> stored = allowed.isEmpty() ? List.of() : store(allowed);
        List<Submitted> merged = new ArrayList<>(answers.size());
        int next = 0;
        for (Submitted refused : answers) {
            merged.add(refused == null ? stored.get(next++) : refused);
        }
        return merged;
    }

    /** {@return why it may not be submitted; empty if it may} */
    Optional<String> refusal(Submission submission, Authorizer.Source source) {
        String id = submission.task().id();
        if (source == Authorizer.Source.HOST && id.indexOf('/') >= 0) {
            return Optional.of("task " + id + " has a '/' in its id, which is reserved for the hub; choose another");
        }
        try {
            return authorizer
                    .refusal(submission, source)
                    .map(why -> "task " + submission.task().id() + " is refused: " + why);
        } catch (RuntimeException | Error e) {
            if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                throw fatal;
            }
            return Optional.of("task " + submission.task().id() + " is refused: the authorizer threw " + e);
        }
    }

    /** The logging context that a submission brings is its own; one without gets that of this thread. */
    static Submission withContext(Submission submission) {
        Map<String, String> context = submission.mdc().isEmpty() ? MDC.getCopyOfContextMap() : null;
        if (context == null || context.isEmpty()) {
            return submission;
        }
        context.values().removeIf(value -> value == null);
        return submission.toBuilder().mdc(context).build();
    }

    private List<Submitted> store(List<Submission> allowed) {
        try {
            List<Submitted> answers = tasks.submit(allowed);
            loop.storageKept();
            return answers;
        } catch (StorageException e) {
            loop.storageFailed(e);
            throw e;
        }
    }
}
