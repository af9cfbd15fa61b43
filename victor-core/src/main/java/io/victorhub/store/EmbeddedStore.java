package io.victorhub.store;

import io.victorhub.journal.Journal;
import io.victorhub.journal.JournalFiles;
import io.victorhub.journal.JournalSettings;
import io.victorhub.journal.Lines;
import io.victorhub.json.JsonBytes;
import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCapabilities;
import io.victorhub.spi.store.StoreContext;
import io.victorhub.spi.store.StoreTrouble;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.store.known.KnownIds;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    private final Checkpoints checkpoints;

    private EmbeddedStore(StoreContext context, EmbeddedSettings settings, Journal journal) {
        this.context = context;
        this.journal = journal;
        this.reader = new FactReader(context.codec());
        this.recorder = new JournalRecorder(journal, context.codec(), settings);
        StoreKey key = StoreKey.in(context.directory());
        this.background = new Background(context.threads());
        this.known = KnownIds.open(key.folder(), background);
        JournalArchive settled =
                new JournalArchive(recorder, known, new SettledScan(journal, context.codec(), recorder.parts));
        recorder.onDrop(settled::dropped);
        this.ledger = new Ledger(
                new TaskTable(context.ageingStep()),
                settled,
                recorder,
                context.clock(),
                new Wakers(context.threads(), context.clock()),
                key.key());
        this.checkpoints = new Checkpoints(
                new Checkpoint(context.directory(), key.key(), ledger, recorder, journal, known),
                recorder,
                background,
                settings.checkpointBytes());
    }

    static Store open(StoreContext context, EmbeddedSettings settings) {
        return open(context, settings, JournalFiles.real());
    }

    static Store open(StoreContext context, EmbeddedSettings settings, JournalFiles files) {
        Store store = tryOpen(context, settings, files);
        if (store == null) {
            log.warn(
                    "the journal in {} ends before what was derived from it, as after a power cut, which may take what was not forced yet; the rest is made anew. If there was no power cut, somebody removed a part of it: restore a backup",
                    context.directory());
            store = tryOpen(context, settings, files);
        }
        if (store == null) {
            throw new StorageException("the store in " + context.directory()
                    + " cannot be opened: its checkpoint cannot be removed; delete the file 'checkpoint' in it");
        }
        return store;
    }

    /** {@return the store; null if its checkpoint, which is deleted then, told of records that are not there} */
    private static @Nullable Store tryOpen(StoreContext context, EmbeddedSettings settings, JournalFiles files) {
        Journal journal = Journal.open(
                context.directory(),
                JournalSettings.of(context.clock(), ZoneOffset.UTC, context.threads())
                        .withSegmentBytes(settings.segmentBytes())
                        .withForceWithin(settings.forceWithin())
                        .withMeters(context.meters())
                        .withFiles(files)
                        .withOnBroken(broken -> log.error("{}", String.valueOf(broken.getMessage()))));
        try {
            EmbeddedStore opening = new EmbeddedStore(context, settings, journal);
            if (!opening.recover()) {
                opening.known.close();
                opening.background.close();
                journal.close();
                return null;
            }
            return new LedgerStore(
                    opening.ledger,
                    new StoreCapabilities(DECLARED, Duration.ZERO),
                    settings.maxSubmissionBytes(),
                    opening::troubles,
                    opening::beforeEnd,
                    opening.known::close);
        } catch (RuntimeException | Error e) {
            journal.close();
            throw e;
        }
    }

    private boolean recover() {
        long from = checkpoints.read();
        boolean there = journal.recover(Where.segment(from), Where.offset(from), this::replay);
        if (!there || !checkpoints.fits() || known.highest() >= Where.of(journal.end(), 0)) {
            checkpoints.delete();
            known.clear();
            return false;
        }
        recorder.showAll();
        dropWhatIsGone();
        ledger.nextEpoch();
        journal.start(this::opening);
        ledger.commit(
                Recorder.Safety.FORCED,
                Ledger.NO_NAMES,
                () -> new Ledger.Draft<>(List.of(ledger.opening(context.node())), true, Ledger.NO_NAMES, () -> {}));
        endLostLeases();
        checkpoints.start();
        recorder.onErase(checkpoints::renew);
        return true;
    }

    /** Segments that were dropped took dead letters with them, and settled tasks. */
    private void dropWhatIsGone() {
        if (journal.segments().isEmpty()) {
            return;
        }
        long first = Where.of(journal.segments().first(), 0, 0);
        known.dropBelow(first);
        List<Long> gone = new ArrayList<>();
        ledger.table.forEach(sequence -> {
            if (ledger.table.rows.place(sequence) < first) {
                gone.add(sequence);
            }
        });
        gone.forEach(ledger.table::remove);
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

    private List<StoreTrouble> troubles() {
        StorageException broken = journal.broken();
        if (broken != null) {
            return List.of(new StoreTrouble(StoreTrouble.Kind.BROKEN, String.valueOf(broken.getMessage())));
        }
        return journal.isReserveInUse()
                ? List.of(new StoreTrouble(
                        StoreTrouble.Kind.SHORT_OF_SPACE,
                        "the disk under " + context.directory()
                                + " is full: results are kept in the reserve, new tasks are refused; make room on it"))
                : List.of();
    }

    private void beforeEnd() {
        checkpoints.close();
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

    /** How far it was, as far as it is known. */
    private static String at(@Nullable Progress progress) {
        if (progress == null) {
            return "";
        }
        String message = progress.message().isEmpty() ? "" : ": " + progress.message();
        return ", at " + Math.round(100 * progress.fraction()) + " %" + message;
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
                .trouble(Execution.Trouble.of(Reason.LOST, "the process died while it ran" + at(task.progress())))
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
                extra == null ? Where.NOWHERE : extra.last,
                List.of(),
                entries);
    }
}
