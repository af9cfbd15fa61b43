package io.victorhub;

import io.victorhub.metrics.recording.Refusal;
import io.victorhub.scheduling.loop.WorkLoop;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Lets tasks in: asks the authorizer, adds the logging context of who submits, waits for room in the queue, and hands them
 * to the store.
 */
final class Intake {

    private final TaskStore tasks;
    private final WorkLoop loop;
    private final Authorizer authorizer;
    private final Predicate<String> beingDone;
    private final QueueGate gate;
    private final BooleanSupplier waits;
    private final Completions completions;
    private final Observation observation;

    /**
     * @param beingDone tells of the ids that are done at once now, which nobody may queue meanwhile
     * @param waits whether the calling thread shall wait for room, asked again while it does; throws once the hub closes
     */
    Intake(
            TaskStore tasks,
            WorkLoop loop,
            Authorizer authorizer,
            Predicate<String> beingDone,
            QueueGate gate,
            BooleanSupplier waits,
            Completions completions,
            Observation observation) {
        this.tasks = tasks;
        this.loop = loop;
        this.authorizer = authorizer;
        this.beingDone = beingDone;
        this.gate = gate;
        this.waits = waits;
        this.completions = completions;
        this.observation = observation;
    }

    /**
     * Lets one task of the host in.
     *
     * @throws IllegalArgumentException if it is refused
     * @throws QueueFullException if there is no room for it
     */
    Submitted submit(Submission submission) {
        refusalNow(submission, Authorizer.Source.HOST).ifPresent(why -> {
            observation.refused(submission, Refusal.RULE);
            throw new IllegalArgumentException(why);
        });
        List<Submitted> entered = enter(List.of(withContext(submission)), waits);
        Submitted answer = entered.isEmpty() ? outside(submission) : entered.get(0);
        if (answer instanceof Submitted.Refused refused) {
            throw entered.isEmpty()
                    ? new QueueFullException(refused.why())
                    : new IllegalArgumentException(refused.why());
        }
        return answer;
    }

    /** {@return what became of each task of the host, in their order} */
    List<Submitted> submitAll(Collection<Submission> all) {
        return submit(all, Authorizer.Source.HOST, waits, this::outside);
    }

    /** {@return what became of the tasks of a file, in their order; fewer if nobody waits for room for the rest} */
    List<Submitted> submitFromInbox(Collection<Submission> all, BooleanSupplier goesOn) {
        return submit(all, Authorizer.Source.INBOX, goesOn, submission -> null);
    }

    TaskHandle handle(Submitted submitted, Hub hub) {
        return new SubmittedTask(submitted, hub, completions);
    }

    List<TaskHandle> handles(List<Submitted> all, Hub hub) {
        return all.stream().map(submitted -> handle(submitted, hub)).toList();
    }

    /** {@return whether there is room for a task, now or in the end} */
    boolean awaitRoom(BooleanSupplier goesOn) {
        try {
            return gate.awaitRoom(goesOn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @param outside what becomes of one for which there is no room; nothing to end the list there */
    private List<Submitted> submit(
            Collection<Submission> all,
            Authorizer.Source source,
            BooleanSupplier goesOn,
            Function<Submission, @Nullable Submitted> outside) {
        List<Optional<String>> refusals = new ArrayList<>(all.size());
        List<Submission> allowed = new ArrayList<>(all.size());
        for (Submission submission : all) {
            Optional<String> refusal = refusalNow(submission, source);
            refusals.add(refusal);
            if (refusal.isEmpty()) {
                allowed.add(withContext(submission));
            } else {
                observation.refused(submission, Refusal.RULE);
            }
        }
        Iterator<Submitted> entered = enter(allowed, goesOn).iterator();
        Iterator<Optional<String>> refused = refusals.iterator();
        List<Submitted> answers = new ArrayList<>(all.size());
        for (Submission submission : all) {
            Optional<String> refusal = refused.next();
            Submitted answer = refusal.isPresent()
                    ? new Submitted.Refused(submission.task().id(), refusal.get())
                    : entered.hasNext() ? entered.next() : outside.apply(submission);
            if (answer == null) {
                break;
            }
            answers.add(answer);
        }
        return answers;
    }

    private Optional<String> refusalNow(Submission submission, Authorizer.Source source) {
        String id = submission.task().id();
        return beingDone.test(id)
                ? Optional.of("task " + id + " is being done now; give each an id of its own")
                : refusal(submission, source);
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

    /** As many at a time as there is room for; those for whom nobody waits are left out. */
    private List<Submitted> enter(List<Submission> allowed, BooleanSupplier goesOn) {
        List<Submitted> answers = new ArrayList<>(allowed.size());
        while (answers.size() < allowed.size()) {
            List<Submission> rest = allowed.subList(answers.size(), allowed.size());
            int room;
            try {
                room = gate.enter(rest.size(), goesOn);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return answers;
            }
            if (room == 0) {
                return answers;
            }
            try {
                answers.addAll(store(rest.subList(0, room)));
            } finally {
                gate.entered(room);
            }
        }
        return answers;
    }

    /** One that is there already needs no room. */
    private Submitted outside(Submission submission) {
        String id = submission.task().id();
        if (tasks.find(id).isPresent()) {
            observation.refused(submission, Refusal.KNOWN);
            return new Submitted.Known(id);
        }
        observation.refused(submission, Refusal.FULL);
        return new Submitted.Refused(id, gate.full(id, Thread.currentThread().isInterrupted()));
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
