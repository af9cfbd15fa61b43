package io.victorhub.scheduling.inbox;

import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Submitted;
import java.util.List;
import java.util.function.Supplier;

/** A sink of which others can tell that somebody may be waiting in it for room. Used by one thread at a time. */
final class WaitingSink implements TaskSink {

    private final TaskSink sink;
    private volatile boolean waiting;

    WaitingSink(TaskSink sink) {
        this.sink = sink;
    }

    @Override
    public List<Submitted> submit(List<Submission> all, boolean waits) {
        return called(waits, () -> sink.submit(all, waits));
    }

    @Override
    public boolean awaitRoom(boolean waits) {
        return called(waits, () -> sink.awaitRoom(waits));
    }

    boolean isWaiting() {
        return waiting;
    }

    private <T> T called(boolean waits, Supplier<T> call) {
        waiting = waits;
        try {
            return call.get();
        } finally {
            waiting = false;
        }
    }
}
