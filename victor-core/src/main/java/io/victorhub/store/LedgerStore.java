package io.victorhub.store;

import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCapabilities;
import io.victorhub.spi.store.TaskStore;
import java.util.concurrent.atomic.AtomicBoolean;

/** The three faces of one ledger. */
final class LedgerStore implements Store {

    private final Ledger ledger;
    private final StoreCapabilities capabilities;
    private final TaskStore tasks;
    private final ExecutionLog log;
    private final StateStore state;
    private final Runnable closing;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param closing called when nothing changes any more, before the recorder is closed */
    LedgerStore(Ledger ledger, StoreCapabilities capabilities, int maxSubmissionBytes, Runnable closing) {
        this.closing = closing;
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
    public void close() {
        if (closed.compareAndSet(false, true)) {
            ledger.wakers.close();
            ledger.close();
            closing.run();
            ledger.recorder.close();
        }
    }
}
