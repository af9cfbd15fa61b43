package io.victorhub;

import io.victorhub.Health.Code;
import io.victorhub.dispatch.Dispatcher;
import io.victorhub.registry.SkillProblem;
import io.victorhub.registry.loading.SkillRegistry;
import io.victorhub.scheduling.Pause;
import io.victorhub.scheduling.RunningTask;
import io.victorhub.scheduling.loop.WorkLoop;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreTrouble;
import io.victorhub.spi.store.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What each part of a hub knows of trouble. Nothing here waits for a disk or a skill, or looks at each task. */
final class HealthProbes {

    private final HubBuilder settings;
    private final BooleanSupplier closing;
    private final Store store;
    private final WorkLoop loop;
    private final Dispatcher dispatcher;
    private final SkillRegistry registry;
    private final HubInbox inbox;
    private final LogFollower follower;
    private final DeathWatch deaths;

    HealthProbes(
            HubBuilder settings,
            BooleanSupplier closing,
            Store store,
            WorkLoop loop,
            Dispatcher dispatcher,
            SkillRegistry registry,
            HubInbox inbox,
            LogFollower follower,
            DeathWatch deaths) {
        this.settings = settings;
        this.closing = closing;
        this.store = store;
        this.loop = loop;
        this.dispatcher = dispatcher;
        this.registry = registry;
        this.inbox = inbox;
        this.follower = follower;
        this.deaths = deaths;
    }

    HealthLook look() {
        return new HealthLook(
                settings.clock,
                List.of(
                        this::life,
                        this::storage,
                        this::workers,
                        this::skills,
                        this::deadLetters,
                        this::inbox,
                        this::learning,
                        this::clock));
    }

    private void life(Instant now, HealthLook.Findings findings) {
        if (closing.getAsBoolean()) {
            findings.add(Code.CLOSED, "the hub is closing or closed; build another one to go on");
            return;
        }
        if (!loop.isLeasing()) {
            findings.add(Code.NOT_AUTONOMOUS, "the hub starts no tasks by itself; enableAutonomousMode() lets it");
        }
        loop.pauses().stream()
                .filter(pause -> pause.type().isEmpty())
                .forEach(pause -> findings.add(Code.PAUSED, paused(pause)));
    }

    private static String paused(Pause pause) {
        return "everything is paused"
                + pause.until().map(until -> " until " + until).orElse("")
                + (pause.reason().isEmpty() ? "" : " (" + pause.reason() + ")")
                + "; scheduler().resume() ends that";
    }

    private void storage(Instant now, HealthLook.Findings findings) {
        boolean broken = false;
        for (StoreTrouble trouble : store.troubles()) {
            broken |= trouble.kind() == StoreTrouble.Kind.BROKEN;
            findings.add(
                    trouble.kind() == StoreTrouble.Kind.BROKEN ? Code.STORAGE_BROKEN : Code.DISK_FULL,
                    trouble.sentence());
        }
        if (loop.isInTrouble() && !broken) {
            findings.add(
                    Code.STORAGE_TROUBLE,
                    "the store keeps nothing now: tasks are refused, results are tried again; the log says why");
        }
    }

    private void workers(Instant now, HealthLook.Findings findings) {
        int stuck = loop.stuckThreads();
        if (stuck > 0) {
            findings.add(
                    Code.THREADS_STUCK,
                    stuck + (stuck == 1 ? " thread is" : " threads are")
                            + " lost to skills that ignored their interruption; mend those skills");
        }
        List<RunningTask> running = loop.running();
        if (running.size() < settings.workers) {
            return;
        }
        Instant latest =
                running.stream().map(RunningTask::since).max(Instant::compareTo).orElse(now);
        if (latest.plus(settings.healthLimits.busyFor()).isBefore(now) && ready() > 0) {
            findings.add(
                    Code.WORKERS_BUSY,
                    "",
                    "all " + settings.workers + " workers are at attempts that began before "
                            + settings.healthLimits.busyFor() + ", and tasks wait; look at what runs, or raise workers",
                    latest);
        }
    }

    private long ready() {
        return store.tasks().stats().count(TaskStatus.READY).orElse(0);
    }

    private void skills(Instant now, HealthLook.Findings findings) {
        for (String skill : dispatcher.brokenSkills()) {
            findings.add(
                    Code.SKILL_BROKEN,
                    skill,
                    "skill " + skill + " lost so many threads that it gets no tasks until some come back; mend it",
                    null);
        }
        for (SkillProblem problem : registry.problems()) {
            findings.add(Code.SKILL_REFUSED, problem.where(), problem.message(), problem.at());
        }
        loop.waitingForSkill()
                .forEach((type, missing) -> findings.add(
                        Code.WAITING_FOR_SKILL, type, "tasks of type " + type + " wait: " + missing, null));
    }

    private void deadLetters(Instant now, HealthLook.Findings findings) {
        if (deaths.tooMany(now)) {
            findings.add(
                    Code.DEAD_LETTERS,
                    settings.healthLimits.deadLetters() + " or more tasks have died within "
                            + settings.healthLimits.deadLettersWithin()
                            + "; look at tasks(TaskQuery.deadLetters()), mend what they fail of, and requeue them");
        }
    }

    private void inbox(Instant now, HealthLook.Findings findings) {
        inbox.trouble().ifPresent(trouble -> findings.add(Code.INBOX_TROUBLE, trouble));
    }

    private void learning(Instant now, HealthLook.Findings findings) {
        long behind = follower.behind();
        if (behind > settings.healthLimits.learningBehind()) {
            findings.add(
                    Code.LEARNING_BEHIND,
                    behind + " entries of the log are not learned from yet; look for a slow policy or listener");
        }
    }

    private void clock(Instant now, HealthLook.Findings findings) {
        if (settings.clock instanceof HostClock host && host.isFailing()) {
            findings.add(Code.CLOCK_TROUBLE, "the host's clock does not tell the time; it is what it told last");
        }
    }
}
