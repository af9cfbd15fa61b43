package io.victorhub.store;

import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCapabilities;
import io.victorhub.spi.store.StoreTrouble;
import io.victorhub.spi.store.TaskStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The three faces of one ledger. */
final class LedgerStore implements Store {

    private final Ledger ledger;
    private final StoreCapabilities capabilities;
    private final TaskStore tasks;
    private final ExecutionLog log;
    private final StateStore state;
    private final Supplier<List<StoreTrouble>> troubles;
    private final Runnable beforeEnd;
    private final Runnable afterEnd;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param troubles says what is wrong, at any time
     * @param beforeEnd called while it is still open, as the first step of closing
     * @param afterEnd called when nothing changes any more, before the recorder is closed
     */
    LedgerStore(
            Ledger ledger,
            StoreCapabilities capabilities,
            int maxSubmissionBytes,
            Supplier<List<StoreTrouble>> troubles,
            Runnable beforeEnd,
            Runnable afterEnd) {
        this.troubles = troubles;
        this.beforeEnd = beforeEnd;
        this.afterEnd = afterEnd;
        this.ledger = ledger;
        this.capabilities = capabilities;
        this.tasks = new LedgerTasks(ledger, maxSubmissionBytes);
        this.log = new LedgerLog(ledger);
        this.state = new LedgerState(ledger);
    }

    @Override
    public TaskStore tasks() {
        return tasks;
    }

    @Override
    public ExecutionLog log() {
        return log;
    }

    @Override
    public StateStore state() {
        return state;
    }

    @Override
    public StoreCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public List<StoreTrouble> troubles() {
        return troubles.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            ledger.wakers.close();
            beforeEnd.run();
            ledger.close();
            afterEnd.run();
            ledger.recorder.close();
        }
    }
}
