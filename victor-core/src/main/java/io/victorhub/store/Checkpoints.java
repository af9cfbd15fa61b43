package io.victorhub.store;

import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a checkpoint whenever so much came into the journal that reading it again would take long, and at closing. */
final class Checkpoints {

    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

    /** So many times its own size must have come into the journal: what is written twice stays a fraction. */
    private static final int TIMES = 4;

    /** What is left to read by a process that closes in order may be so much less than after a crash. */
    private static final int SHARE_AT_CLOSING = 16;

    private final Checkpoint checkpoint;
    private final JournalRecorder recorder;
    private final Executor background;
    private final long every;
    private final ReentrantLock writing = new ReentrantLock(); // one at a time; guards what the last one was
    private volatile long writtenAtLast;
    private volatile long lastSize;
    private volatile boolean requested;

    Checkpoints(Checkpoint checkpoint, JournalRecorder recorder, Executor background, long every) {
        this.checkpoint = checkpoint;
        this.recorder = recorder;
        this.background = background;
        this.every = every;
    }

    /** {@return the place from which the journal must be read} */
    long read() {
        return checkpoint.read();
    }

    /** What was written tells of records that are not there. */
    void delete() {
        checkpoint.delete();
    }

    /** What was written may tell what is erased now: another one takes its place. */
    void renew() {
        writing.lock();
        try {
            checkpoint.delete();
        } finally {
            writing.unlock();
        }
        requested = true;
        background.execute(this::write);
    }

    /** {@return whether the journal still has the segments that it had} Where others were dropped, counts differ. */
    boolean fits() {
        return checkpoint.fits();
    }

    /** From now on they are written. */
    void start() {
        recorder.onGrowth(this::mayRequest);
    }

    /** The last one, where it is worth it. */
    void close() {
        if (recorder.written() - writtenAtLast > every / SHARE_AT_CLOSING) {
            write();
        }
    }

    /** Called under the ledger's lock: it only looks. */
    private void mayRequest(long written) {
        if (!requested && written - writtenAtLast > Math.max(every, TIMES * lastSize)) {
            requested = true;
            background.execute(this::write);
        }
    }

    private void write() {
        writing.lock();
        try {
            long written = recorder.written();
            lastSize = checkpoint.write();
            writtenAtLast = written;
        } catch (IOException | StorageException e) {
            writtenAtLast = recorder.written();
            log.warn("no checkpoint could be written; opening the store will take longer, and nothing is lost", e);
        } finally {
            requested = false;
            writing.unlock();
        }
    }
}
