package io.victorhub.scheduling.inbox;

import io.victorhub.scheduling.InboxReport;
import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes {@code queue.json} from a folder whenever somebody puts one there, and submits its tasks.
 *
 * <p>The file is noticed by a watch, and by a look every interval. It is left alone until it was unchanged for the quiet
 * time; one that cannot be read gets a second chance after another quiet time. Then it is claimed: moved to the name
 * {@code inbox-<instant>-<counter>.json}, of which the ids of entries without one are made. Each good entry is submitted
 * once, and the file goes to {@code imported/}; what is wrong with the others is in
 * {@code rejected/inbox-….rejected.json}. A file that is no array of JSON goes to {@code rejected/} whole, with a
 * {@code .why.txt} beside it. Nothing is ever deleted. After a crash at any step, claimed files are done again first;
 * what was submitted is known by its id.
 *
 * <p>If the store does not take the tasks, the file stays claimed until the next look. If there is no room for them, it is
 * left alone, or stays claimed in the midst of it, until there is. Trouble with files and folders is
 * warned of once and told by {@link #trouble()}.
 *
 * <p>All methods may be called from any thread. The listener is called without locks.
 */
public final class Inbox implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final long HURRIED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final InboxSettings settings;
    private final Consumer<InboxReport> listener;
    private final FolderWatch watch;
    private final WaitingSink sink;
    private final Desk desk;
    private final ReentrantLock looking = new ReentrantLock(); // guards the desk: one look at a time
    private final ReentrantLock starting = new ReentrantLock(); // guards thread
    private @Nullable Thread thread;

    Inbox(
            InboxSettings settings,
            InstantSource clock,
            LongSupplier nanos,
            TaskSink sink,
            Consumer<InboxReport> listener,
            Consumer<Step> steps) {
        this.settings = settings;
        this.listener = listener;
        this.watch = new FolderWatch(settings.folder().toAbsolutePath(), TaskFolder.QUEUE, nanos);
        this.sink = new WaitingSink(sink);
        this.desk = new Desk(settings, clock, nanos, this.sink, steps, watch::isClosed);
    }

    /**
     * {@return an inbox that does nothing yet}
     *
     * @param settings where and how often
     * @param clock the time, for names and reports
     * @param sink takes the tasks
     * @param listener gets what became of each file; one that throws harms nobody
     */
    public static Inbox of(InboxSettings settings, InstantSource clock, TaskSink sink, Consumer<InboxReport> listener) {
        return new Inbox(
                Objects.requireNonNull(settings, "settings"),
                Objects.requireNonNull(clock, "clock"),
                System::nanoTime,
                Objects.requireNonNull(sink, "sink"),
                Objects.requireNonNull(listener, "listener"),
                step -> {});
    }

    /**
     * Begins to look by itself, in a daemon thread named {@code victor-inbox}. Makes the folder where it is not there.
     *
     * @throws IllegalStateException if it was started or closed before
     */
    public void start(ThreadFactory threads) {
        starting.lock();
        try {
            if (thread != null || watch.isClosed()) {
                throw new IllegalStateException("the inbox of " + settings.folder()
                        + (thread != null ? " was started before" : " is closed") + "; make another one");
            }
            Thread started = threads.newThread(this::run);
            started.setName("victor-inbox");
            started.setDaemon(true);
            thread = started;
            watch.open();
            started.start();
        } finally {
            starting.unlock();
        }
    }

    /**
     * Looks once, now, in this thread, and reads without leaving the file alone first: only for when nobody writes it.
     * Does not wait for room: what there is none for stays where it is.
     *
     * @return what became of each file that was done
     * @throws IllegalStateException if the inbox is closed
     */
    public List<InboxReport> readNow() {
        if (watch.isClosed()) {
            throw new IllegalStateException("the inbox of " + settings.folder() + " is closed; make another one");
        }
        List<InboxReport> reports = new ArrayList<>();
        look(true, reports);
        return reports;
    }

    /**
     * Takes what is left of the entries with these ids out of all files of the folder but for id and type, those that other
     * programs put there included.
     *
     * @throws StorageException if that cannot be done now, or a file cannot be read or written; doing it again is safe
     */
    public Erased erase(Set<String> ids) {
        if (!begin(true)) {
            throw new StorageException("the inbox " + settings.folder()
                    + " waits for room in the queue with a file in its hands; erase again when there is some");
        }
        try {
            return desk.erase(ids);
        } catch (IOException e) {
            throw new StorageException(
                    "entries in the files of " + settings.folder() + " cannot be erased: " + e + "; erase again", e);
        } finally {
            looking.unlock();
        }
    }

    /** {@return what kept the inbox from its work at its last look, empty if nothing did} */
    public Optional<String> trouble() {
        return desk.troubles().latest();
    }

    /**
     * Ends the looks. Waits until the batch that is being submitted is done, at most 5 seconds. What is not submitted
     * then stays claimed for the next start.
     */
    @Override
    public void close() {
        watch.close();
        Thread started;
        starting.lock();
        try {
            started = thread;
        } finally {
            starting.unlock();
        }
        if (started == null || started == Thread.currentThread()) {
            return;
        }
        try {
            started.join(CLOSING.toMillis());
            if (started.isAlive()) {
                log.warn(
                        "the inbox of {} is still submitting after {}; it ends after that", settings.folder(), CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!watch.isClosed()) {
                if (looked()) {
                    watch.pause(settings.quiet());
                } else {
                    watch.await(settings.checkInterval());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever owns the threads wants an end
        }
    }

    /** The thread of the inbox outlives whatever a look throws. */
    private boolean looked() {
        try {
            return look(false, new ArrayList<>());
        } catch (RuntimeException | Error e) {
            log.error("a look into the inbox of {} failed; the next one follows", settings.folder(), e);
            return false;
        }
    }

    private boolean look(boolean hurried, List<InboxReport> reports) {
        boolean waits;
        if (!begin(hurried)) {
            return true;
        }
        try {
            waits = desk.look(hurried, reports::add);
        } finally {
            looking.unlock();
        }
        reports.forEach(this::tell);
        return waits;
    }

    /** Whoever is in a hurry does not wait for one who waits for room: it may be its own thread that would make room. */
    private boolean begin(boolean hurried) {
        if (!hurried) {
            looking.lock();
            return true;
        }
        try {
            while (!looking.tryLock(HURRIED_NANOS, TimeUnit.NANOSECONDS)) {
                if (sink.isWaiting()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void tell(InboxReport report) {
        log.debug("{}", report);
        report.rejects().ifPresent(why -> {
            if (report.unreadable().isPresent()) {
                log.warn("{} cannot be read and was put aside; {} says why", report.file(), why);
            } else {
                log.warn("{} entries of {} were rejected; {} says why", report.rejected(), report.file(), why);
            }
        });
        try {
            listener.accept(report);
        } catch (Throwable t) {
            if (t instanceof VirtualMachineError error && !(t instanceof StackOverflowError)) {
                throw error;
            }
            log.warn("the listener of the inbox threw; the inbox goes on", t);
        }
    }
}
