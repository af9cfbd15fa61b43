package io.victorhub.store;

import io.victorhub.journal.Journal;
import io.victorhub.journal.JournalSettings;
import io.victorhub.journal.Lines;
import io.victorhub.json.JsonBytes;
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
import io.victorhub.store.known.KnownIds;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store on disk: reads the journal, and ends the leases of the process before. */
final class EmbeddedStore {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedStore.class);
    private static final Set<Capability> DECLARED = EnumSet.complementOf(EnumSet.of(Capability.LEASE_EXPIRY));

    private final StoreContext context;
    private final Journal journal;
    private final JournalRecorder recorder;
    private final Ledger ledger;
    private final FactReader reader;
    private final Background background;
    private final KnownIds known;

    private EmbeddedStore(StoreContext context, EmbeddedSettings settings, Journal journal) {
        this.context = context;
        this.journal = journal;
        this.reader = new FactReader(context.codec());
        this.recorder = new JournalRecorder(journal, context.codec(), settings);
        StoreKey key = StoreKey.in(context.directory());
        this.background = new Background(context.threads());
        this.known = KnownIds.open(key.folder(), background);
        JournalArchive archive = new JournalArchive(
                recorder, known, new SubmissionScan(journal, context.codec(), new Hashes(key.key())::of));
        recorder.onDrop(archive::dropped);
        this.ledger = new Ledger(
                new TaskTable(context.ageingStep()),
                archive,
                recorder,
                context.clock(),
                new Wakers(context.threads(), context.clock()),
                key.key());
    }

    static Store open(StoreContext context, EmbeddedSettings settings) {
        Journal journal = Journal.open(
                context.directory(),
                new JournalSettings(
                        settings.segmentBytes(),
                        settings.forceWithin(),
                        context.clock(),
                        ZoneOffset.UTC,
                        context.threads(),
                        broken -> log.error("the store takes nothing more until it is opened again", broken)));
        try {
            EmbeddedStore opening = new EmbeddedStore(context, settings, journal);
            opening.recover();
            return new LedgerStore(
                    opening.ledger,
                    new StoreCapabilities(DECLARED, Duration.ZERO),
                    settings.maxSubmissionBytes(),
                    opening::closing);
        } catch (RuntimeException | Error e) {
            journal.close();
            throw e;
        }
    }

    private void recover() {
        journal.recover(this::replay);
        ledger.nextEpoch();
        journal.start(this::opening);
        ledger.commit(
                Recorder.Safety.FORCED,
                Ledger.NO_NAMES,
                () -> new Ledger.Draft<>(List.of(ledger.opening(context.node())), true, Ledger.NO_NAMES, () -> {}));
        endLostLeases();
    }

    private void replay(int segment, int offset, byte[] bytes, int start, int end) {
        Fact fact;
        try {
            fact = reader.outline(bytes, start, end);
        } catch (RuntimeException e) {
            throw new StorageException(
                    "the record at byte " + offset + " of segment " + segment + " in " + context.directory()
                            + " cannot be understood: " + e.getMessage(),
                    e);
        }
        ledger.replay(recorder.replayed(fact, segment, offset, offset + end - start + Lines.SEAL_BYTES));
    }

    private byte[] opening() {
        JsonBytes bytes = new JsonBytes(200);
        new FactWriter(bytes).write(ledger.opening(context.node()));
        return bytes.toBytes();
    }

    private void closing() {
        known.close();
        background.close();
    }

    private void endLostLeases() {
        List<Long> running = ledger.look(() -> {
            List<Long> all = new ArrayList<>();
            ledger.table.forEach(sequence -> {
                if (new QueuedTask(ledger.table, sequence).status() == TaskStatus.RUNNING) {
                    all.add(sequence);
                }
            });
            return all;
        });
        if (running.isEmpty()) {
            return;
        }
        ledger.commit(Recorder.Safety.FORCED, Ledger.NO_NAMES, () -> {
            Instant now = ledger.clock.instant();
            List<Fact> facts = new ArrayList<>();
            for (long sequence : running) {
                facts.add(lost(new QueuedTask(ledger.table, sequence), now));
            }
            return new Ledger.Draft<>(facts, true, Ledger.NO_NAMES, () -> {});
        });
    }

    private Fact lost(QueuedTask task, Instant now) {
        String id = recorder.id(task.place());
        Instant leasedAt = task.leasedAt();
        Instant began = leasedAt == null ? now : leasedAt;
        Duration waited = Duration.between(task.readyAt(), began);
        List<Payload<LogEntry>> entries = new ArrayList<>();
        entries.add(recorder.payload(Execution.of(id, task.type())
                .priority(task.priority())
                .attempt(Math.max(1, task.attempts()))
                .round(task.round())
                .status(Execution.Status.FAILED)
                .trouble(Execution.Trouble.of(Reason.LOST, "the process died while it ran"))
                .startedAt(began)
                .queueWait(waited.isNegative() ? Duration.ZERO : waited)
                .retryAt(now)
                .build()));
        if (task.cancelRequested()) {
            entries.add(recorder.payload(new Closed(
                    id,
                    task.type(),
                    Reason.CANCELLED,
                    "it was cancelled before its process died",
                    task.attempts(),
                    task.round(),
                    now)));
        }
        Extra extra = ledger.table.extra(task.sequence);
        return new Fact.Ended(
                task.sequence,
                id,
                task.type(),
                task.cancelRequested() ? Disposition.cancelled() : Disposition.retry(now),
                now,
                task.attempts(),
                task.round(),
                task.readyAt(),
                task.cancelRequested(),
                task.place(),
                extra == null ? null : extra.parent,
                extra == null ? null : extra.batch,
                List.of(),
                entries);
    }
}
