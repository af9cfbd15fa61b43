package io.victorhub;

import io.victorhub.audit.chain.AuditChain;
import io.victorhub.registry.loading.PluginWatch;
import io.victorhub.registry.loading.SkillRegistry;
import io.victorhub.scheduling.agenda.Agenda;
import io.victorhub.scheduling.guard.Budgets;
import io.victorhub.scheduling.loop.WorkLoop;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a hub in order: intake, loop, running attempts, skills, followers of the log, store. On a thread of its own, so
 * that an interrupt of whoever closes the hub, or a close from one of its own threads, spoils nothing.
 */
final class Closing {

    private static final Logger log = LoggerFactory.getLogger(Hub.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Duration drainTimeout;
    private final Duration stuckAfter;
    private final Duration checkInterval;
    private final @Nullable Path pluginFolder;
    private final HubHome home;
    private final HubThreads threads;
    private final Store store;
    private final SkillRegistry registry;
    private final WorkLoop loop;
    private final HubInbox inbox;
    private final Agenda agenda;
    private final LogFollower follower;
    private final Completions completions;
    private final Budgets budgets;
    private final AuditChain audit;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable PluginWatch plugins;
    private volatile @Nullable Thread following;
    private volatile Runnable lastWords = () -> {};

    Closing(
            HubBuilder settings,
            HubHome home,
            HubThreads threads,
            Store store,
            SkillRegistry registry,
            WorkLoop loop,
            HubInbox inbox,
            Agenda agenda,
            LogFollower follower,
            Completions completions,
            Budgets budgets,
            AuditChain audit) {
        this.drainTimeout = settings.drainTimeout;
        this.stuckAfter = settings.stuckAfter;
        this.checkInterval = settings.checkInterval;
        this.pluginFolder = settings.pluginFolder(home);
        this.home = home;
        this.threads = threads;
        this.store = store;
        this.registry = registry;
        this.loop = loop;
        this.inbox = inbox;
        this.agenda = agenda;
        this.follower = follower;
        this.completions = completions;
        this.budgets = budgets;
        this.audit = audit;
    }

    /** Begins to watch the plug-in folder, where there is one. */
    void watchPlugins() {
        Path folder = pluginFolder;
        if (folder == null) {
            return;
        }
        try {
            plugins = PluginWatch.start(registry, folder, checkInterval, threads.daemons());
        } catch (IOException e) {
            throw new StorageException(
                    "the plug-in folder " + folder + " cannot be watched: " + e
                            + "; give one that this process may make and read",
                    e);
        }
    }

    /** Watches it no more. Idempotent. */
    void unwatchPlugins() {
        PluginWatch watch = plugins;
        if (watch != null) {
            watch.close();
        }
    }

    /** Hands over the thread that follows the log. */
    void follow(Thread thread) {
        following = thread;
    }

    /** Hands over what is told and measured last. */
    void lastly(Runnable action) {
        lastWords = action;
    }

    boolean isRequested() {
        return requested.get();
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    void requireOpen() {
        if (isRequested()) {
            throw new IllegalStateException("the hub in " + home.root() + " is closed; build another one");
        }
    }

    void requireStore() {
        if (isDone()) {
            throw new IllegalStateException("the hub in " + home.root() + " is closed; build another one");
        }
    }

    /** @param begun called once, when closing has begun */
    void close(Runnable begun) {
        if (requested.compareAndSet(false, true)) {
            Runnable closing = () -> {
                begun.run();
                closeAll();
            };
            try {
                threads.startLasting("victor-closing", closing);
            } catch (RuntimeException | Error e) {
                log.warn("there is no thread to close the hub on; this one does it", e);
                closing.run();
            }
        }
        if (loop.isInsideAttempt() || threads.isOwn()) {
            return; // what is closed would wait for this very thread
        }
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll() {
        try {
            step("the inbox", inbox::close);
            step("the watch of plug-ins", this::unwatchPlugins);
            step("the loop", this::drain);
            step("the agenda", agenda::close);
            step("the threads", () -> threads.close(LAST_WORDS));
            step("the skills", () -> registry.close(LAST_WORDS));
            step("the end of the log", follower::catchUp);
            follower.close();
            Thread thread = following;
            if (thread != null) {
                step("the follower of the log", () -> thread.join(LAST_WORDS.toMillis()));
            }
            step("those who wait", completions::close);
            step("the budgets", budgets::save);
            step("what is told last", () -> lastWords.run());
            step("the store", store::close);
            step("the audit", audit::close);
            step("the home", home::close);
            log.info("hub in {} is closed", home.root());
        } finally {
            done.countDown();
        }
    }

    private void drain() throws InterruptedException {
        loop.endLeasing();
        try {
            awaitAttempts();
        } finally {
            loop.stop();
        }
    }

    private void awaitAttempts() throws InterruptedException {
        if (!loop.awaitDrained(0, drainTimeout)) {
            log.warn(
                    "{} attempts did not end within {}; they are interrupted and go back to the queue",
                    loop.running().size(),
                    drainTimeout);
            loop.interruptAll();
            if (!loop.awaitDrained(0, stuckAfter)) {
                loop.abandonAll();
            }
        }
    }

    /** One part that does not close keeps no other one open. */
    private static void step(String what, Step step) {
        try {
            step.run();
        } catch (Exception | Error e) {
            log.warn("{} could not be closed; the rest is", what, e);
        }
    }

    private interface Step {
        void run() throws Exception;
    }
}
