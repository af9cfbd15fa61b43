package io.victorhub.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.LogPart;
import io.victorhub.spi.store.Position;
import java.util.Collection;
import java.util.List;

/** The log, as a face of the ledger. */
final class LedgerLog implements ExecutionLog {

    private final Ledger ledger;

    LedgerLog(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void append(Collection<LogEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        List<Payload<LogEntry>> payloads =
                entries.stream().map(ledger.recorder::payload).toList();
        ledger.commit(
                Recorder.Safety.FORCED,
                Ledger.NO_NAMES,
                () -> new Ledger.Draft<>(List.of(new Fact.Logged(payloads)), true, Ledger.NO_NAMES, () -> {}));
    }

    @Override
    public LogPage read(Position after, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("a page of " + max + " log entries; ask for 1 or more");
        }
        ledger.look(() -> true); // closed stores say so
        return ledger.recorder.read(after, max);
    }

    @Override
    public List<LogPart> parts() {
        ledger.look(() -> true);
        return ledger.recorder.parts();
    }

    @Override
    public void forget(Position before) {
        ledger.recorder.read(before, 1); // is it one of ours?
        if (!before.equals(Position.START)) {
            new Retention(ledger).forget(before.text());
        }
    }
}
