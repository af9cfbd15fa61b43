package io.victorhub.examples.benchmarks.limits;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The barest group commit: whoever finds nobody writing writes what all have handed in by then, with one write and one
 * force, and then lets one of those that came meanwhile do the same. No encoding, no checksum, no index.
 */
final class GroupCommit {

    private static final int MOST = 4_096;

    private enum Turn {
        WAIT,
        WRITE,
        DONE
    }

    private static final class Waiter {
        final Thread thread = Thread.currentThread();
        volatile Turn turn = Turn.WAIT;

        void tell(Turn now) {
            turn = now;
            LockSupport.unpark(thread);
        }

        Turn await() {
            while (turn == Turn.WAIT) {
                LockSupport.park(this);
            }
            return turn;
        }
    }

    private static final class Batch {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(MOST * RecordFile.RECORD_BYTES);
        List<Waiter> waiters = new ArrayList<>();
    }

    private final RecordFile file;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below, and the bytes of the open batch
    private Batch open = new Batch();
    private Batch written = new Batch(); // belongs to whoever writes
    private boolean writing;

    GroupCommit(RecordFile file) {
        this.file = file;
    }

    /** Returns when the record is on disk. */
    void commit(byte[] bytes) throws IOException {
        Waiter me = null;
        lock.lock();
        try {
            open.bytes.put(bytes);
            if (writing) {
                me = new Waiter();
                open.waiters.add(me);
            } else {
                writing = true;
                swap();
            }
        } finally {
            lock.unlock();
        }
        if (me == null || me.await() == Turn.WRITE) {
            write();
        }
    }

    private void write() throws IOException {
        file.commit(written.bytes.flip());
        written.bytes.clear();
        List<Waiter> done = written.waiters;
        written.waiters = new ArrayList<>();
        handOn();
        done.forEach(waiter -> waiter.tell(Turn.DONE));
    }

    private void handOn() {
        Waiter next = null;
        lock.lock();
        try {
            if (open.waiters.isEmpty()) {
                writing = false;
            } else {
                next = open.waiters.remove(0);
                swap();
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.tell(Turn.WRITE);
        }
    }

    private void swap() {
        Batch full = open;
        open = written;
        written = full;
    }
}
