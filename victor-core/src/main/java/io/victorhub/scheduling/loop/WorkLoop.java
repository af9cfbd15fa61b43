package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Dispatcher;
import io.victorhub.dispatch.Ended;
import io.victorhub.scheduling.Pause;
import io.victorhub.scheduling.RunningTask;
import io.victorhub.scheduling.Scheduler;
import io.victorhub.scheduling.guard.Budgets;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.Subscription;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains the queue until closed. One thread of its own leases and hands over; skills run in the executor's threads, or
 * in that of whoever calls {@link #runPending} with an executor that runs at once. Nothing a skill does ends it.
 */
public final class WorkLoop implements Scheduler {

    private static final Logger log = LoggerFactory.getLogger(WorkLoop.class);
    private static final long LAST_TURN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long TROUBLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

    private final Store store;
    private final Dispatcher dispatcher;
    private final LoopSettings settings;
    private final Workers workers;
    private final ThreadFactory threads;
    private final ScheduledExecutorService timer;
    private final LoopEvents events;
    private final Running running;
    private final Pauses pauses;
    private final WaitingTypes waiting = new WaitingTypes();
    private final Waker waker = new Waker();
    private final Wishes wishes;
    private final Turn turn;
    private final Settler settler;
    private final Attempts attempts;
    private final Worker worker;
    private final HandOver handOver;
    private final AtOnce atOnce;
    private volatile boolean leasing;
    private volatile boolean stopped;
    private boolean ending; // guarded by life
    private final ReentrantLock life = new ReentrantLock(); // guards thread and work
    private @Nullable Thread thread; // set once, by the first start
    private @Nullable Subscription work;

    /** Wires the loop; nothing runs yet. */
    public WorkLoop(
            Store store,
            Dispatcher dispatcher,
            LoopSettings settings,
            Workers workers,
            ThreadFactory threads,
            ScheduledExecutorService timer,
            Budgets budgets,
            LoopEvents events) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.workers = workers;
        this.threads = threads;
        this.timer = timer;
        this.running = new Running(settings);
        this.events = new GuardedEvents(events);
        this.pauses = new Pauses(store.state(), settings.clock(), timer, this::pausesChanged);
        Dispositions dispositions = new Dispositions(settings);
        this.wishes = new Wishes(dispatcher, settings, running, pauses, waiting, budgets, this::later, this::look);
        this.turn = new Turn(store.tasks(), wishes, running, () -> leasing, workers.own(), new TurnOwner());
        this.settler = new Settler(turn, running, store.state(), settings.clock(), timer, this.events, this::look);
        Supervisor supervisor = new Supervisor(running, timer, settings.stuckAfter(), this::abandoned);
        this.attempts =
                new Attempts(settings, running, settler, supervisor, dispositions, this.events, this::skillFree);
        Planner planner =
                new Planner(store.tasks(), dispatcher, settings, this.events, dispositions, waiting, wishes, budgets);
        this.worker = new Worker(workers.own(), planner, attempts, dispositions, settler, this::look);
        this.handOver = new HandOver(
                workers,
                turn,
                planner,
                worker,
                wishes,
                dispositions,
                settler,
                this.events,
                () -> later(this::look, TROUBLE_NANOS));
        this.atOnce = new AtOnce(
                store, dispatcher, settings, running, turn, worker, attempts, budgets, this.events, this::look);
        Renewal.start(store, settings, running, timer);
        settings.skillWait().ifPresent(wait -> lookAgainEvery(wait, timer));
    }

    /** What becomes of leases of a turn that its threads do not take. */
    private final class TurnOwner implements Turn.Owner {
        @Override
        public void handOver(List<Place> places) {
            places.forEach(handOver::start);
        }

        @Override
        public void look() {
            WorkLoop.this.look();
        }
    }

    /** Leases by itself from now on. */
    public void start() {
        life.lock();
        try {
            if (thread == null && !stopped && !ending) {
                Thread started = threads.newThread(this::run);
                started.setName("victor-scheduler");
                work = store.tasks().onWork(this::mayBeWork);
                started.start();
                thread = started;
            }
            leasing = !stopped && !ending;
        } finally {
            life.unlock();
        }
        waker.wake();
    }

    /** Leases no more by itself; running attempts go on. */
    public void stopLeasing() {
        leasing = false;
    }

    /** Leases no more by itself, whoever starts it again. */
    public void endLeasing() {
        life.lock();
        try {
            ending = true;
            leasing = false;
        } finally {
            life.unlock();
        }
    }

    /** Leases nothing more, whoever asks for it. What is being leased now has its place when this returns. */
    public void halt() {
        wishes.halt(true);
        turn.between(() -> {});
    }

    /** Asks all attempts to end, and gives up those that do not in time; they go back to the queue. */
    public void stopAttempts(String why) {
        turn.between(() -> attempts.stopAll(why));
    }

    /** Leases again. */
    public void goOn() {
        wishes.halt(false);
        waker.wake();
        look();
    }

    /** {@return whether it leases by itself} */
    public boolean isLeasing() {
        return leasing;
    }

    /** {@return whether the store keeps nothing now} */
    public boolean isInTrouble() {
        return settler.inTrouble();
    }

    /** Somebody may serve now what nobody served. */
    public void skillsChanged() {
        waiting.served(dispatcher::serves);
        wishes.skillFree();
        waker.wake();
    }

    /** Asks the attempts at some tasks to end; the store must have marked the tasks before. */
    public void cancel(Collection<String> taskIds) {
        turn.between(() -> taskIds.forEach(attempts::cancel));
    }

    /** Somebody else met trouble with the store. */
    public void storageFailed(StorageException trouble) {
        settler.trouble(trouble);
    }

    /** Somebody else saw the store keep something. */
    public void storageKept() {
        settler.well();
    }

    /** {@return whether the calling thread is running an attempt of this loop} */
    public boolean isInsideAttempt() {
        return worker.isInside();
    }

    @Override
    public int runPending() {
        if (stopped) {
            return 0;
        }
        turn.expire();
        int handedOver = 0;
        for (List<Place> places = turn.lease(); !places.isEmpty(); places = stopped ? List.of() : turn.lease()) {
            for (Place place : places) {
                handedOver += handOver.handOver(place) ? 1 : 0;
            }
        }
        events.turned();
        return handedOver;
    }

    /**
     * Runs one attempt at a task that is not queued, in this thread and within the limits, and keeps it in the log. From
     * within an attempt it waits for nothing: the place that the attempt has might be the one it would wait for.
     *
     * @return what came of it
     * @throws InterruptedException if this thread is interrupted while it waits for a place; if it is interrupted while
     *     the skill runs, it is so again when this returns
     * @throws IllegalStateException if the loop is stopped while this waits for a place
     */
    public Execution runNow(Submission submission) throws InterruptedException {
        return atOnce.run(submission);
    }

    @Override
    public void pause(Pause pause) {
        pauses.pause(pause);
        turn.between(() -> {}); // what is being leased now was not meant
        events.pausesChanged();
    }

    @Override
    public void resume() {
        pauses.resumeAll();
        pausesChanged();
    }

    @Override
    public void resume(String type) {
        pauses.resumeType(type);
        pausesChanged();
    }

    private void pausesChanged() {
        events.pausesChanged();
        waker.wake();
    }

    @Override
    public List<Pause> pauses() {
        return pauses.list();
    }

    @Override
    public boolean isPaused() {
        return pauses.all();
    }

    @Override
    public Set<String> pausedTypes() {
        return new TreeSet<>(pauses.types());
    }

    @Override
    public List<RunningTask> running() {
        return attempts.running();
    }

    @Override
    public Map<String, String> waitingForSkill() {
        return waiting.all();
    }

    @Override
    public int stuckThreads() {
        return dispatcher.stuckThreads();
    }

    /**
     * Waits until at most {@code but} attempts run.
     *
     * @return false if the time was not enough
     */
    public boolean awaitDrained(int but, Duration atMost) throws InterruptedException {
        return running.awaitIdle(but, nanos(atMost));
    }

    /** Asks all attempts to end, because the hub closes. */
    public void interruptAll() {
        attempts.interruptAll();
    }

    /** Gives up what still runs. */
    public void abandonAll() {
        attempts.abandonAll();
    }

    /** Ends the loop for good. What cannot be recorded now is left for the next start. */
    public void stop() {
        Thread last;
        life.lock();
        try {
            leasing = false;
            stopped = true;
            last = thread;
            if (work != null) {
                work.close();
            }
        } finally {
            life.unlock();
        }
        settler.giveUp();
        running.close();
        waker.wake();
        if (last != null && last != Thread.currentThread()) {
            join(last);
        }
    }

    private void run() {
        while (!stopped) {
            long sleep = IDLE_NANOS;
            try {
                if (leasing) {
                    turnOver();
                }
            } catch (StorageException e) {
                if (!stopped) {
                    settler.trouble(e);
                    sleep = TROUBLE_NANOS;
                }
            } catch (RuntimeException | Error e) {
                log.error("a turn of the scheduler failed; the next one follows in a second", e);
                sleep = TROUBLE_NANOS;
            }
            try {
                waker.sleep(sleep);
            } catch (InterruptedException e) {
                log.debug("somebody interrupted the scheduler; it goes on");
            }
        }
    }

    private void turnOver() {
        boolean kept = turn.expire();
        boolean mayBeWork =
                turn.mayBeWork(); // leasing, a pause or the skills may have changed while a turn is under way
        if (!workers.own()) {
            for (List<Place> places = turn.lease(); !places.isEmpty(); places = leasing ? turn.lease() : List.of()) {
                kept = true;
                places.forEach(handOver::handOver);
            }
        } else if (mayBeWork) {
            handOver.seek(); // the hub's own workers lease for themselves
        }
        if (kept) { // a look that found nothing to do says nothing about the store
            settler.well();
        }
        events.turned();
    }

    /** The store says so, on any thread and often. */
    private void mayBeWork() {
        if (!leasing || turn.isMine()) {
            return; // whoever starts the loop looks; and a turn asks for all that there is room for
        } else if (turn.mayBeWork()) {
            look();
        } else {
            waker.wakeSoon(); // what is overdue is settled, whether or not anything may run
        }
    }

    /** Somebody should look for work now, and who is quickest does. */
    private void look() {
        if (!leasing) {
            return;
        } else if (workers.own()) {
            handOver.seek();
        } else {
            waker.wake();
        }
    }

    /** Centuries are as good as for ever. */
    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE : duration.toNanos();
    }

    private void abandoned(Place place, Ended ended) {
        attempts.abandoned(place, ended);
    }

    private void skillFree() {
        if (wishes.skillFree()) {
            look();
        }
    }

    private void later(Runnable action, long nanos) {
        try {
            var unused = timer.schedule(action, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("the loop is closed", e);
        }
    }

    private void lookAgainEvery(Duration wait, ScheduledExecutorService timer) {
        Duration step = wait.compareTo(LONGEST_LOOK) < 0 ? wait : LONGEST_LOOK;
        var unused = timer.scheduleWithFixedDelay(
                this::lookAgain, step.toNanos(), Math.max(1, step.toNanos()), TimeUnit.NANOSECONDS);
    }

    /** Looks how long tasks have waited for somebody to serve their types. */
    void lookAgain() {
        waiting.lookAgain();
        waker.wake();
    }

    /** An executor or a listener of the host's may hold the loop's thread; closing does not wait for it for ever. */
    private static void join(Thread last) {
        long end = System.nanoTime() + LAST_TURN_NANOS;
        boolean interrupted = false;
        while (last.isAlive() && end - System.nanoTime() > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(last, end - System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (last.isAlive()) {
            log.warn("the scheduler's thread does not end; something of the host's holds it, and it is left to itself");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
