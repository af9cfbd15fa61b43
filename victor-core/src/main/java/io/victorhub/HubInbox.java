package io.victorhub;

import io.victorhub.scheduling.InboxReport;
import io.victorhub.scheduling.inbox.Erased;
import io.victorhub.scheduling.inbox.Inbox;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The inbox of a hub, which is read by itself while the hub works by itself: an inbox is started once, a hub often. */
final class HubInbox {

    private final Function<BooleanSupplier, Inbox> make;
    private final Runnable ended;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private @Nullable Inbox current;
    private AtomicBoolean goesOn = new AtomicBoolean();
    private boolean started;
    private boolean closed;

    /**
     * @param make makes an inbox, which may wait for room in the queue for as long as it goes on
     * @param ended tells whoever waits that one goes on no more
     */
    HubInbox(Function<BooleanSupplier, Inbox> make, Runnable ended) {
        this.make = make;
        this.ended = ended;
    }

    void start(ThreadFactory threads) {
        lock.lock();
        try {
            if (!started && !closed) {
                inbox().start(threads);
                started = true;
            }
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        Inbox ending;
        lock.lock();
        try {
            ending = current;
            current = null;
            goesOn.set(false);
            started = false;
        } finally {
            lock.unlock();
        }
        if (ending != null) {
            ended.run();
            ending.close();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        stop();
    }

    List<InboxReport> readNow() {
        Inbox inbox;
        lock.lock();
        try {
            inbox = inbox();
        } finally {
            lock.unlock();
        }
        return inbox.readNow();
    }

    /** Takes entries out of the files of the inbox. */
    Erased erase(Set<String> ids) {
        Inbox inbox;
        lock.lock();
        try {
            inbox = inbox();
        } finally {
            lock.unlock();
        }
        return inbox.erase(ids);
    }

    /** {@return what kept it from its work at its last look} */
    Optional<String> trouble() {
        lock.lock();
        try {
            return current == null ? Optional.empty() : current.trouble();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private Inbox inbox() {
        if (current == null) {
            goesOn = new AtomicBoolean(true);
            current = make.apply(goesOn::get);
        }
        return current;
    }
}
