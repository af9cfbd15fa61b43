package io.victorhub.scheduling.agenda;

import io.victorhub.scheduling.BatchStatus;
import io.victorhub.spi.Submission;
import java.time.Instant;
import java.util.Optional;

/**
 * A batch as it is kept, without the ids of its tasks.
 *
 * @param id its id
 * @param opened when it began
 * @param chunks in how many pieces the ids are kept
 * @param closed whether no more come
 * @param then what follows
 * @param end how it stood when it was over
 * @param version of what is kept; 0 if nothing is yet
 */
record BatchEntry(
        String id,
        Instant opened,
        int chunks,
        boolean closed,
        Optional<Submission> then,
        Optional<BatchStatus> end,
        long version) {

    static BatchEntry begun(String id, Instant now) {
        return new BatchEntry(id, now, 0, false, Optional.empty(), Optional.empty(), 0);
    }

    BatchEntry withChunk() {
        return new BatchEntry(id, opened, chunks + 1, closed, then, end, version);
    }

    BatchEntry closedThen(Optional<Submission> followUp) {
        return new BatchEntry(id, opened, chunks, true, followUp, end, version);
    }

    BatchEntry ended(BatchStatus status) {
        return new BatchEntry(id, opened, 0, closed, Optional.empty(), Optional.of(status), version);
    }

    BatchEntry version(long kept) {
        return new BatchEntry(id, opened, chunks, closed, then, end, kept);
    }
}
