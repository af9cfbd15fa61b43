package io.victorhub.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

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
                true, Set.of(), () -> new Ledger.Draft<>(List.of(new Fact.Logged(payloads)), true, Set.of(), () -> {}));
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
    public void forget(Position before) {
        ledger.recorder.read(before, 1); // is it one of ours?
        if (before.equals(Position.START)) {
            return;
        }
        ledger.commit(
                true,
                Set.of(),
                () -> new Ledger.Draft<>(List.of(new Fact.Forgot(before.text())), true, Set.of(), () -> {}));
        List<Ref> needed = ledger.look(() -> {
            List<Ref> refs = new ArrayList<>(ledger.state.refs());
            for (QueuedTask task : ledger.table.all()) {
                refs.add(task.submission);
                if (task.last != null) {
                    refs.add(task.last);
                }
            }
            return refs;
        });
        ledger.recorder.drop(before.text(), needed);
    }
}
