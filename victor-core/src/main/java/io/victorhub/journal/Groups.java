package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: many threads hand records in; one of those that wait writes what all have handed in by then, and one
 * forces what was written by then. To write and to force are two roles, so that who need not wait for a force does not
 * wait for that of others.
 *
 * <p>Whoever ends a role passes it on first, then wakes those who are done, and nobody else: with many threads, waking is
 * what costs.
 */
final class Groups {

    /** Where groups go. */
    interface Disk {
        /**
         * Writes these tickets in order, from {@code first} on. Each is {@linkplain Ticket#writtenAt written} or
         * {@linkplain Ticket#fail failed} afterwards. Never called by two threads at once.
         */
        void write(Ticket first);

        /** Forces all that was written before. Never called by two threads at once, but beside {@link #write}. */
        void force();

        /** Called without locks by a thread that wrote or forced, after it passed on its role. */
        void afterTurn();
    }

    private enum Role {
        NONE,
        WRITE,
        FORCE
    }

    /** What was written at once: those who are done by that, and what broke it off. */
    private record Batch(@Nullable Ticket done, @Nullable Throwable thrown) {
        private Batch(@Nullable Ticket done, @Nullable Throwable thrown) {
            this.done = done;
            this.thrown = thrown;
        }
    }

    /** For this part of the time of a force, whoever is to force waits for others who would have to wait for the next. */
    private static final int PATIENCE_SHIFT = 3;

    private static final long MOST_PATIENCE_NANOS = 200_000;

    private final Disk disk;
    private final ReentrantLock writing = new ReentrantLock(true); // whoever writes has it; taken before lock
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final TicketList pending = new TicketList(); // handed in, not written
    private final TicketList unforced = new TicketList(); // written, to be forced at once
    private boolean hasWriter;
    private boolean hasForcer;
    private final AtomicInteger toForce = new AtomicInteger(); // how many wait for a force, written or not

    // of whoever forces
    private int forcedLast;
    private long forceNanos;

    Groups(Disk disk) {
        this.disk = disk;
    }

    /** Hands in records. They are written in the order of these calls. */
    void add(Ticket ticket) {
        lock.lock();
        try {
            pending.add(ticket);
            if (ticket.force == Force.NOW) {
                toForce.incrementAndGet();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a ticket is done, in one of the two roles where one is free. Goes on through interrupts. */
    void await(Ticket ticket) {
        if (ticket.isDone()) {
            return;
        }
        boolean interrupted = false;
        ticket.waiter = Thread.currentThread(); // before the ticket is looked at, so that nobody overlooks the waiter
        try {
            while (!ticket.isDone()) {
                Role role = roleFor(ticket);
                if (role == Role.WRITE) {
                    writeTurn(ticket);
                } else if (role == Role.FORCE) {
                    forceTurn(ticket);
                } else if (!ticket.isDone()) {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            ticket.waiter = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does something while nobody writes, after all that was handed in before is written. */
    void whileNobodyWrites(Runnable action) {
        @Nullable Batch batch = null;
        writing.lock();
        try {
            batch = writePending();
            action.run();
        } finally {
            writing.unlock();
            if (batch != null) {
                passOn(false);
                wake(batch.done, null);
                disk.afterTurn();
                rethrow(batch.thrown);
            }
        }
    }

    private Role roleFor(Ticket ticket) {
        lock.lock();
        try {
            if (ticket.isDone()) {
                return Role.NONE;
            }
            if (ticket.force == Force.NOW) {
                boolean mine = ticket.chosen || !hasForcer;
                ticket.chosen = false;
                hasForcer = true;
                return mine ? Role.FORCE : Role.NONE;
            }
            boolean mine = !hasWriter;
            hasWriter = true;
            return mine ? Role.WRITE : Role.NONE;
        } finally {
            lock.unlock();
        }
    }

    private void writeTurn(Ticket own) {
        Batch batch = write();
        passOn(true);
        wake(batch.done, own);
        disk.afterTurn();
        rethrow(batch.thrown);
    }

    private void forceTurn(Ticket own) {
        awaitCompany();
        Batch batch = write();
        wake(batch.done, own);
        @Nullable Ticket forced = force();
        LockSupport.unpark(passForceOn());
        wake(forced, own);
        disk.afterTurn();
        rethrow(batch.thrown);
    }

    /** Those whom the last force served hand in again at once, if they are busy; it is worth a moment to take them along. */
    @SuppressWarnings("ThreadPriorityCheck") // they need the processor, and parking takes longer than they do
    private void awaitCompany() {
        if (toForce.get() < forcedLast) {
            long patience = Math.min(forceNanos >> PATIENCE_SHIFT, MOST_PATIENCE_NANOS);
            long begin = System.nanoTime();
            while (toForce.get() < forcedLast && System.nanoTime() - begin < patience) {
                Thread.yield();
            }
        }
    }

    private Batch write() {
        writing.lock();
        try {
            return writePending();
        } finally {
            writing.unlock();
        }
    }

    /** Called by whoever has {@link #writing}. Whoever gets that next finds every ticket of before where it belongs. */
    private Batch writePending() {
        @Nullable Ticket first;
        lock.lock();
        try {
            first = pending.takeAll();
        } finally {
            lock.unlock();
        }
        @Nullable Throwable thrown = null;
        if (first != null) {
            try {
                disk.write(first);
            } catch (RuntimeException | Error e) {
                thrown = e;
            }
        }
        return new Batch(sort(first, thrown), thrown);
    }

    /** {@return those who are done; the others wait for a force} */
    private @Nullable Ticket sort(@Nullable Ticket first, @Nullable Throwable thrown) {
        TicketList done = new TicketList();
        lock.lock();
        try {
            for (@Nullable Ticket ticket = first; ticket != null; ) {
                @Nullable Ticket next = ticket.next;
                ticket.next = null;
                if (!ticket.isWritten()) {
                    ticket.fail(new StorageException("the records were not written: " + thrown, thrown));
                }
                if (ticket.force == Force.NOW && !ticket.isFailed()) {
                    unforced.add(ticket);
                } else {
                    toForce.addAndGet(ticket.force == Force.NOW ? -1 : 0);
                    hasForcer &= !ticket.chosen; // it was to force next, and has no reason to any more
                    done.add(ticket);
                    ticket.finish();
                }
                ticket = next;
            }
        } finally {
            lock.unlock();
        }
        return done.takeAll();
    }

    /** {@return whom the force served, well or badly} */
    private @Nullable Ticket force() {
        @Nullable Ticket first;
        lock.lock();
        try {
            forcedLast = unforced.size();
            toForce.addAndGet(-forcedLast);
            first = unforced.takeAll();
        } finally {
            lock.unlock();
        }
        if (first == null) {
            return null;
        }
        @Nullable StorageException failure = null;
        long begin = System.nanoTime();
        try {
            disk.force();
        } catch (StorageException e) {
            failure = e;
        }
        forceNanos = System.nanoTime() - begin;
        for (@Nullable Ticket ticket = first; ticket != null; ticket = ticket.next) {
            if (failure != null) {
                ticket.fail(failure);
            }
            ticket.finish();
        }
        return first;
    }

    /** {@return who is to force next; null if nobody waits for it, and the role is free} */
    private @Nullable Thread passForceOn() {
        lock.lock();
        try {
            hasForcer = false;
            return chooseForcer();
        } finally {
            lock.unlock();
        }
    }

    /** After a write: somebody may wait for a role that is free now, or for a force of what was just written. */
    private void passOn(boolean wasWriter) {
        @Nullable Thread writer;
        @Nullable Thread forcer;
        lock.lock();
        try {
            hasWriter &= !wasWriter;
            @Nullable Ticket next = hasWriter ? null : pending.firstWaiting(false);
            writer = next == null ? null : next.waiter;
            forcer = hasForcer ? null : chooseForcer();
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(writer);
        LockSupport.unpark(forcer);
    }

    private @Nullable Thread chooseForcer() {
        @Nullable Ticket next = unforced.firstWaiting(true);
        if (next == null) {
            next = pending.firstWaiting(true);
        }
        if (next == null) {
            return null;
        }
        hasForcer = true;
        next.chosen = true;
        return next.waiter;
    }

    private static void wake(@Nullable Ticket first, @Nullable Ticket own) {
        for (@Nullable Ticket ticket = first; ticket != null; ) {
            @Nullable Ticket next = ticket.next;
            ticket.next = null; // or whoever keeps a ticket keeps all later ones
            if (ticket != own) {
                LockSupport.unpark(ticket.waiter);
            }
            ticket = next;
        }
    }

    private static void rethrow(@Nullable Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        } else if (thrown instanceof Error error) {
            throw error;
        }
    }
}
