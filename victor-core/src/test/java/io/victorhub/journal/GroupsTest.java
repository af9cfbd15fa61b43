package io.victorhub.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.spi.store.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads, each told the truth, and none left waiting, whatever fails meanwhile. */
@Timeout(120)
class GroupsTest {

    /** Fails at random, and notices if two use it at once. */
    private static final class Unreliable implements Groups.Disk {
        private final Random random = new Random(3);
        private final int failures;
        private final AtomicInteger writers = new AtomicInteger();
        private final AtomicInteger forcers = new AtomicInteger();
        private final AtomicInteger twoAtOnce = new AtomicInteger();
        private volatile int written;
        private volatile int forced;

        Unreliable(int failuresPerHundred) {
            failures = failuresPerHundred;
        }

        @Override
        public void write(Ticket first) {
            enter(writers);
            for (@Nullable Ticket ticket = first; ticket != null; ticket = ticket.next) {
                if (random.nextInt(100) < failures) {
                    ticket.fail(new StorageException("no room"));
                } else {
                    written++;
                    ticket.writtenAt(1, written);
                }
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                Thread.yield(); // so that a force may end meanwhile
            }
            writers.decrementAndGet();
            if (random.nextInt(200) < failures) {
                throw new IllegalStateException("broke off");
            }
        }

        @Override
        public void force() {
            enter(forcers);
            int now = written;
            Thread.yield();
            forced = now;
            forcers.decrementAndGet();
            if (now % 100 < failures) {
                throw new StorageException("no force");
            }
        }

        private void enter(AtomicInteger inside) {
            if (inside.incrementAndGet() > 1) {
                twoAtOnce.incrementAndGet();
            }
        }

        @Override
        public void afterTurn() {
            // nobody is to be told
        }
    }

    private static final int THREADS = 12;
    private static final int EACH = 10_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    private final AtomicInteger lies = new AtomicInteger();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void tellsEveryThreadTheTruthOnAGoodDisk() throws Exception {
        Unreliable disk = new Unreliable(0);

        run(disk, new AtomicBoolean());

        assertThat(lies).hasValue(0);
        assertThat(disk.twoAtOnce).hasValue(0);
        assertThat(disk.written).isEqualTo(THREADS * EACH);
    }

    @Test
    void leavesNobodyWaitingOnABadDisk() throws Exception {
        Unreliable disk = new Unreliable(20);

        run(disk, new AtomicBoolean());

        assertThat(lies).hasValue(0);
        assertThat(disk.twoAtOnce).hasValue(0);
    }

    @Test
    void leavesNobodyWaitingInAStormOfInterrupts() throws Exception {
        Unreliable disk = new Unreliable(5);
        AtomicBoolean storm = new AtomicBoolean(true);

        run(disk, storm);

        assertThat(lies).hasValue(0);
        assertThat(disk.twoAtOnce).hasValue(0);
    }

    @Test
    void findsSomebodyToForceWhatWasWrittenWhileTheLastForceEnded() throws Exception {
        Gated disk = new Gated();
        Groups groups = new Groups(disk);
        Future<?> first = threads.submit(() -> groups.await(handIn(groups, Force.NOW)));
        disk.inForce.acquire();
        Ticket waiting = handIn(groups, Force.NOW);
        Future<?> second = threads.submit(() -> groups.await(waiting));
        await().until(() -> waiting.waiter != null && isParked(waiting.waiter));
        disk.holdWrites = true;
        Future<?> writer = threads.submit(() -> groups.await(handIn(groups, Force.NONE)));
        disk.inWrite.acquire();

        disk.mayForce.release(2);
        first.get(10, TimeUnit.SECONDS);
        assertThat(second).isNotDone();
        disk.mayWrite.release();

        writer.get(10, TimeUnit.SECONDS);
        second.get(10, TimeUnit.SECONDS);
    }

    /** Writes and forces when it is told to. */
    private static final class Gated implements Groups.Disk {
        private final Semaphore inWrite = new Semaphore(0);
        private final Semaphore mayWrite = new Semaphore(0);
        private final Semaphore inForce = new Semaphore(0);
        private final Semaphore mayForce = new Semaphore(0);
        private volatile boolean holdWrites;

        @Override
        public void write(Ticket first) {
            if (holdWrites) {
                inWrite.release();
                mayWrite.acquireUninterruptibly();
            }
            for (@Nullable Ticket ticket = first; ticket != null; ticket = ticket.next) {
                ticket.writtenAt(1, 0);
            }
        }

        @Override
        public void force() {
            inForce.release();
            mayForce.acquireUninterruptibly();
        }

        @Override
        public void afterTurn() {
            // nobody is to be told
        }
    }

    private static boolean isParked(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    private static Ticket handIn(Groups groups, Force force) {
        Ticket ticket = new Ticket(new Lines(0), force, false);
        groups.add(ticket);
        return ticket;
    }

    private void run(Unreliable disk, AtomicBoolean storm) throws Exception {
        Groups groups = new Groups(disk);
        List<Thread> known = new CopyOnWriteArrayList<>();
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(thread);
            all.add(threads.submit(() -> {
                known.add(Thread.currentThread());
                for (int i = 0; i < EACH; i++) {
                    keep(groups, disk, Force.values()[random.nextInt(3)]);
                }
            }));
        }
        Future<?> interrupter = threads.submit(() -> {
            while (storm.get()) {
                known.forEach(Thread::interrupt);
                Thread.yield();
            }
        });
        for (Future<?> one : all) {
            one.get(100, TimeUnit.SECONDS);
        }
        storm.set(false);
        interrupter.get(10, TimeUnit.SECONDS);
    }

    private void keep(Groups groups, Unreliable disk, Force force) {
        Ticket ticket = handIn(groups, force);
        try {
            groups.await(ticket);
        } catch (IllegalStateException e) {
            // it was the one that wrote; others are told by their tickets
            assertThat(e).hasMessage("broke off");
        }
        boolean there = ticket.offset(0) <= (force == Force.NOW ? disk.forced : disk.written);
        if (!ticket.isDone() || !ticket.isFailed() && !there) {
            lies.incrementAndGet();
        }
    }
}
