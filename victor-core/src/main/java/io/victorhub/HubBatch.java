package io.victorhub;

import io.victorhub.scheduling.BatchStatus;
import io.victorhub.scheduling.agenda.Batches;
import io.victorhub.spi.Submission;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A batch of a hub: an id, and whom to ask about it.
 *
 * @param open throws once the hub is closed
 * @param unsettledOf tells how many tasks of a batch are not settled
 */
record HubBatch(String id, Batches batches, Intake intake, Hub hub, Runnable open, ToLongFunction<String> unsettledOf)
        implements Batch {

    /** @throws IllegalArgumentException if it is no id for a batch */
    HubBatch {
        Batches.requireId(id);
    }

    @Override
    public List<TaskHandle> add(Collection<Submission> submissions) {
        open.run();
        return intake.handles(batches.add(id, submissions, intake::submitAll), hub);
    }

    @Override
    public void close() {
        open.run();
        batches.close(id, Optional.empty());
    }

    @Override
    public void closeThen(Submission followUp) {
        open.run();
        Submission then = Intake.withContext(
                followUp.withTask(followUp.task().toBuilder().id(id).build()));
        intake.refusal(then, Authorizer.Source.HOST).ifPresent(why -> {
            throw new IllegalArgumentException("what follows batch " + id + ": " + why);
        });
        batches.close(id, Optional.of(then));
    }

    @Override
    public Optional<BatchStatus> status() {
        open.run();
        return batches.status(id);
    }

    @Override
    public long unsettled() {
        open.run();
        return unsettledOf.applyAsLong(id);
    }

    @Override
    public String toString() {
        return "Batch[" + id + "]";
    }
}
