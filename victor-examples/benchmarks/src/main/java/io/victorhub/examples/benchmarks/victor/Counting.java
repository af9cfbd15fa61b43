package io.victorhub.examples.benchmarks.victor;

import io.victorhub.Completion;
import io.victorhub.HubListener;
import io.victorhub.examples.benchmarks.Tally;
import io.victorhub.spi.Execution;

/** Counts what is on record, and what was learned from. */
final class Counting implements HubListener {

    private final Tally recorded;
    private final Tally learned;

    /** Both may be the same, if only what is on record counts. */
    Counting(Tally recorded, Tally learned) {
        this.recorded = recorded;
        this.learned = learned;
    }

    @Override
    public void attemptEnded(Execution execution) {
        if (execution.status() == Execution.Status.SUCCESS) {
            recorded.ended();
        } else {
            recorded.failed(
                    "task " + execution.taskId() + " ended as " + execution.status() + ": " + execution.trouble());
        }
    }

    @Override
    public void taskSettled(Completion completion) {
        if (learned != recorded) {
            learned.ended();
        }
    }
}
