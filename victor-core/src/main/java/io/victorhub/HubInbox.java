package io.victorhub;

import io.victorhub.scheduling.InboxReport;
import io.victorhub.scheduling.inbox.Inbox;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The inbox of a hub, which is read by itself while the hub works by itself: an inbox is started once, a hub often. */
final class HubInbox {

    private final Supplier<Inbox> make;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private @Nullable Inbox current;
    private boolean started;
    private boolean closed;

    HubInbox(Supplier<Inbox> make) {
        this.make = make;
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
            started = false;
        } finally {
            lock.unlock();
        }
        if (ending != null) {
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
            current = make.get();
        }
        return current;
    }
}
