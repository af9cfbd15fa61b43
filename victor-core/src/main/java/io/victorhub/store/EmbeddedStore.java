package io.victorhub.store;

import io.victorhub.journal.Journal;
import io.victorhub.journal.JournalSettings;
import io.victorhub.journal.Lines;
import io.victorhub.journal.Place;
import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCapabilities;
import io.victorhub.spi.store.StoreContext;
import io.victorhub.spi.store.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Opens the store on disk: reads the journal, and ends the leases of the process before. */
final class EmbeddedStore {

    private static final Set<Capability> DECLARED = EnumSet.complementOf(EnumSet.of(Capability.LEASE_EXPIRY));

    private EmbeddedStore() {}

    static Store open(StoreContext context, int maxSubmissionBytes, int segmentBytes) {
        FactCodec codec = new FactCodec(context.codec());
        Journal journal = Journal.open(
                context.directory(),
                JournalSettings.of(context.clock(), ZoneOffset.UTC, context.threads())
                        .withSegmentBytes(segmentBytes));
        try {
            JournalRecorder recorder = new JournalRecorder(journal, context.codec());
            Ledger ledger = new Ledger(
                    new TaskTable(context.ageingStep()),
                    recorder,
                    context.clock(),
                    new Wakers(context.threads(), context.clock()));
            journal.recover((segment, offset, bytes, start, end) -> {
                Place place = new Place(segment, offset, end - start + Lines.SEAL_BYTES);
                byte[] record = Arrays.copyOfRange(bytes, start, end + 1);
                record[end - start] = '}';
                Fact fact = decode(codec, context, place, record);
                ledger.replay(recorder.replayed(fact, place));
            });
            ledger.nextEpoch();
            journal.start(() -> codec.encode(ledger.opening(context.node())));
            ledger.commit(
                    true,
                    Set.of(),
                    () -> new Ledger.Draft<>(List.of(ledger.opening(context.node())), true, Set.of(), () -> {}));
            endLostLeases(ledger);
            return new LedgerStore(ledger, new StoreCapabilities(DECLARED, Duration.ZERO), maxSubmissionBytes);
        } catch (RuntimeException | Error e) {
            journal.close();
            throw e;
        }
    }

    private static Fact decode(FactCodec codec, StoreContext context, Place place, byte[] record) {
        try {
            return codec.decode(record);
        } catch (RuntimeException e) {
            throw new StorageException(
                    "the record at byte " + place.offset() + " of segment " + place.segment() + " in "
                            + context.directory() + " cannot be understood: " + e.getMessage(),
                    e);
        }
    }

    private static void endLostLeases(Ledger ledger) {
        ledger.commit(true, Set.of(), () -> {
            Instant now = ledger.clock.instant();
            List<Fact> facts = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (QueuedTask task : ledger.table.all()) {
                if (task.status == TaskStatus.RUNNING) {
                    names.add(Ledger.task(task.id));
                    facts.add(lost(ledger, task, now));
                }
            }
            return new Ledger.Draft<>(facts, true, names, () -> {});
        });
    }

    private static Fact lost(Ledger ledger, QueuedTask task, Instant now) {
        Instant began = task.leasedAt == null ? now : task.leasedAt;
        Duration waited = Duration.between(task.readyAt, began);
        List<Payload<LogEntry>> entries = new ArrayList<>();
        entries.add(ledger.recorder.payload(Execution.of(task.id, task.type)
                .priority(task.priority)
                .attempt(Math.max(1, task.attempts))
                .round(task.round)
                .status(Execution.Status.FAILED)
                .trouble(Execution.Trouble.of(Reason.LOST, "the process died while it ran"))
                .startedAt(began)
                .queueWait(waited.isNegative() ? Duration.ZERO : waited)
                .retryAt(now)
                .build()));
        if (task.cancelRequested) {
            Closed closed = LedgerTasks.closed(task, Reason.CANCELLED, "it was cancelled before its process died", now);
            entries.add(ledger.recorder.payload(closed));
        }
        Disposition disposition = task.cancelRequested ? Disposition.cancelled() : Disposition.retry(now);
        return new Fact.Ended(task.id, disposition, now, entries, List.of());
    }
}
