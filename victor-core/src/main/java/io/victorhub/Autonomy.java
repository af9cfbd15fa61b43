package io.victorhub;

import io.victorhub.scheduling.StopOrder;
import io.victorhub.scheduling.loop.WorkLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a hub works by itself: loop and inbox begin and end together, and not while everything is stopped. */
final class Autonomy implements StopSwitch.Brakes {

    private static final Logger log = LoggerFactory.getLogger(Hub.class);

    private final Path home;
    private final Duration checkInterval;
    private final HubThreads threads;
    private final WorkLoop loop;
    private final Supplier<HubInbox> inbox;
    private final Supplier<StopSwitch> stop;
    private final Runnable begun;
    private final Runnable statusMayDiffer;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below, and that loop and inbox change together
    private boolean watchesStopFile;
    private boolean wasAutonomous; // when everything was stopped

    /**
     * @param checkInterval how often to look whether a file stops everything
     * @param inbox which is made later than this
     * @param stop which is made later than this
     * @param begun called when the hub begins to work by itself
     */
    Autonomy(
            Path home,
            Duration checkInterval,
            HubThreads threads,
            WorkLoop loop,
            Supplier<HubInbox> inbox,
            Supplier<StopSwitch> stop,
            Runnable begun,
            Runnable statusMayDiffer) {
        this.home = home;
        this.checkInterval = checkInterval;
        this.threads = threads;
        this.loop = loop;
        this.inbox = inbox;
        this.stop = stop;
        this.begun = begun;
        this.statusMayDiffer = statusMayDiffer;
    }

    /** @throws IllegalStateException if everything was stopped */
    void enable() {
        lock.lock();
        try {
            stop.get().requireNotStopped(); // a stop that comes from here on ends it again
            begin();
        } finally {
            lock.unlock();
        }
    }

    /** Starts no more tasks by itself; running ones go on. */
    void disable() {
        lock.lock();
        try {
            end();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop(StopOrder order, boolean endRunning) {
        loop.halt();
        lock.lock();
        try {
            wasAutonomous |= end();
        } finally {
            lock.unlock();
        }
        if (endRunning) {
            loop.stopAttempts(order.text());
        }
        statusMayDiffer.run();
    }

    @Override
    public void letGo() {
        loop.goOn();
        lock.lock();
        try {
            if (wasAutonomous) {
                wasAutonomous = false;
                begin();
            }
        } finally {
            lock.unlock();
        }
        statusMayDiffer.run();
    }

    private void begin() {
        if (!loop.isLeasing()) {
            log.warn(
                    "hub in {} works on its own from now on: tasks are done without a person; disableAutonomousMode() stops that",
                    home);
            loop.start();
            watchStopFile();
            inbox.get().start(threads.daemons());
            begun.run();
            statusMayDiffer.run();
        }
    }

    /** {@return whether it worked by itself} */
    private boolean end() {
        boolean leased = loop.isLeasing();
        if (leased) {
            loop.stopLeasing();
            inbox.get().stop();
            log.info("hub in {} starts no more tasks by itself", home);
            statusMayDiffer.run();
        }
        return leased;
    }

    /** Once: the timer ends with the hub. */
    private void watchStopFile() {
        if (!watchesStopFile) {
            watchesStopFile = true;
            long millis = Math.max(1, checkInterval.toMillis());
            var unused = threads.timer()
                    .scheduleWithFixedDelay(() -> stop.get().lookForFile(), millis, millis, TimeUnit.MILLISECONDS);
        }
    }
}
