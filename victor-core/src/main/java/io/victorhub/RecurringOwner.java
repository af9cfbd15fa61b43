package io.victorhub;

import io.victorhub.scheduling.agenda.Agenda;
import io.victorhub.scheduling.agenda.Recurrences;
import io.victorhub.scheduling.loop.WorkLoop;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Submitted;
import java.time.Instant;
import java.util.Optional;

/** What a hub lends to its recurring tasks. */
record RecurringOwner(Runnable open, Intake intake, WorkLoop loop, Agenda agenda, Listeners listeners)
        implements Recurrences.Owner {

    @Override
    public void requireOpen() {
        open.run();
    }

    @Override
    public Optional<String> refusal(Submission submission) {
        return intake.refusal(submission, Authorizer.Source.HOST);
    }

    @Override
    public boolean isAutonomous() {
        return loop.isLeasing();
    }

    @Override
    public boolean mayStart(String type) {
        return !loop.isPaused() && !loop.pausedTypes().contains(type);
    }

    @Override
    public void ran(String name, Instant at, Submitted run) {
        loop.storageKept();
        listeners.tell(listener -> listener.recurringRan(name, at, run));
    }

    @Override
    public void changed() {
        agenda.poke();
    }
}
