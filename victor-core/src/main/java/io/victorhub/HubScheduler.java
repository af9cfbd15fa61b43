package io.victorhub;

import io.victorhub.scheduling.Pause;
import io.victorhub.scheduling.RunningTask;
import io.victorhub.scheduling.Scheduler;
import io.victorhub.scheduling.agenda.Agenda;
import io.victorhub.scheduling.loop.WorkLoop;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The loop as a host sees it. Whoever drives it by hand drives the agenda as well: what comes due of itself. */
final class HubScheduler implements Scheduler {

    private final WorkLoop loop;
    private final Agenda agenda;
    private final StopSwitch stop;
    private final BooleanSupplier closing;

    HubScheduler(WorkLoop loop, Agenda agenda, StopSwitch stop, BooleanSupplier closing) {
        this.loop = loop;
        this.agenda = agenda;
        this.stop = stop;
        this.closing = closing;
    }

    @Override
    public int runPending() {
        stop.requireGoing();
        int handedOver = 0;
        do {
            handedOver += loop.runPending();
        } while (!closing.getAsBoolean() && stop.order().isEmpty() && agenda.workByHand() > 0);
        return handedOver;
    }

    @Override
    public void pause(Pause pause) {
        loop.pause(pause);
    }

    @Override
    public void resume() {
        loop.resume();
    }

    @Override
    public void resume(String type) {
        loop.resume(type);
    }

    @Override
    public List<Pause> pauses() {
        return loop.pauses();
    }

    @Override
    public boolean isPaused() {
        return loop.isPaused();
    }

    @Override
    public Set<String> pausedTypes() {
        return loop.pausedTypes();
    }

    @Override
    public List<RunningTask> running() {
        return loop.running();
    }

    @Override
    public Map<String, String> waitingForSkill() {
        return loop.waitingForSkill();
    }

    @Override
    public int stuckThreads() {
        return loop.stuckThreads();
    }
}
