package io.victorhub.store;

import io.victorhub.journal.Journal;
import io.victorhub.journal.Place;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.spi.store.Versioned;
import io.victorhub.store.known.KnownIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what a ledger holds, so that the next opening reads the journal from there on only.
 *
 * <p>Numbers, state and counts are taken at one still moment, whose place in the journal is remembered. Rows follow block by
 * block while everybody goes on: a row may be as of any later moment. That is sound because each fact says what is so
 * afterwards: reading the facts from the remembered place on ends in the same rows, whichever of them a row has seen.
 */
final class Checkpoint {

    private static final Logger log = LoggerFactory.getLogger(Checkpoint.class);

    private static final byte HEAD = 1;
    private static final byte COUNT = 2;
    private static final byte STATE = 3;
    private static final byte LANE = 4;
    private static final byte ROW = 5;
    private static final byte PART = 6;
    private static final int ROW_BYTES = 1 + 4 * 8 + 2 * 4;

    /** What is taken at the still moment. */
    private record Still(
            Place place,
            List<PartCounts.Part> parts,
            int rows,
            String logStart,
            Fact.Opened numbers,
            List<Object[]> counts,
            List<Object[]> state) {}

    private final Path file;
    private final long key;
    private final Ledger ledger;
    private final JournalRecorder recorder;
    private final Journal journal;
    private final KnownIds known;
    private long firstThen = -1;

    Checkpoint(Path folder, long key, Ledger ledger, JournalRecorder recorder, Journal journal, KnownIds known) {
        this.file = folder.resolve("checkpoint");
        this.key = key;
        this.ledger = ledger;
        this.recorder = recorder;
        this.journal = journal;
        this.known = known;
    }

    /** {@return whether the journal begins where it began when that was written that was read} */
    boolean fits() {
        return firstThen < 0 || firstThen == first();
    }

    /** Writes one; {@return how many bytes it has} */
    long write() throws IOException {
        Still still = ledger.lookWhileStill(this::still);
        journal.force();
        long place = Where.of(still.place(), 0);
        known.cover(place);
        known.flush();
        try (CheckpointFile.Writer out = new CheckpointFile.Writer(file)) {
            head(out, still, place);
            Map<Lanes.Lane, Integer> lanes = new HashMap<>();
            long next = 0;
            while (next >= 0) {
                long from = next;
                next = ledger.look(() -> ledger.table.forBlock(from, sequence -> row(out, sequence, lanes)));
                out.mayWrite();
            }
            journal.force(); // what the rows have seen by now must not vanish from the journal
            return out.finish();
        }
    }

    /**
     * Puts what was written down into an empty ledger.
     *
     * @return the place in the journal to read on from; 0, its beginning, if there is nothing that can be used
     */
    long read() {
        Reading reading = new Reading();
        try {
            if (CheckpointFile.read(file, reading::fits, reading::apply)) {
                return reading.place;
            }
        } catch (StorageException e) {
            log.warn("the journal is read from its beginning, which takes longer: {}", String.valueOf(e.getMessage()));
        }
        if (known.covered() > 0) {
            known.clear();
        }
        return 0;
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StorageException("the checkpoint " + file + " cannot be deleted: " + e, e);
        }
    }

    private Still still() {
        List<Object[]> counts = new ArrayList<>();
        ledger.table.forEachSettled((type, status, number) -> counts.add(new Object[] {type, status, number}));
        List<Object[]> state = new ArrayList<>();
        ledger.state.forEach((value, record) -> state.add(new Object[] {value, record}));
        return new Still(
                journal.end(),
                recorder.parts.all(),
                ledger.table.size(),
                recorder.logStart(),
                ledger.opening(""),
                counts,
                state);
    }

    private void head(CheckpointFile.Writer out, Still still, long place) throws IOException {
        ByteBuffer head = out.room(1 + 8 * 7 + 4);
        head.put(HEAD).putLong(key).putLong(place).putLong(first()).putInt(still.rows());
        Fact.Opened numbers = still.numbers();
        head.putLong(numbers.epoch())
                .putLong(numbers.lease())
                .putLong(numbers.sequence())
                .putLong(numbers.version());
        out.text(still.logStart());
        for (PartCounts.Part part : still.parts()) {
            out.room(29).put(PART).putInt(part.segment()).putLong(part.entries());
            out.room(16).putLong(part.lowest()).putLong(part.highest());
        }
        for (Object[] count : still.counts()) {
            out.room(1).put(COUNT);
            out.text((String) count[0]);
            out.room(12).putInt(((TaskStatus) count[1]).ordinal()).putLong((Long) count[2]);
        }
        for (Object[] kept : still.state()) {
            Versioned value = (Versioned) kept[0];
            out.room(1).put(STATE);
            out.text(value.key());
            byte[] bytes = value.value();
            out.room(20 + bytes.length)
                    .putLong(value.version())
                    .putLong((Long) kept[1])
                    .putInt(bytes.length)
                    .put(bytes);
            out.mayWrite();
        }
    }

    /** The number of the first segment: where others were dropped since, counts differ. */
    private long first() {
        return journal.segments().isEmpty() ? 0 : journal.segments().first();
    }

    /** Under the ledger's lock. */
    private void row(CheckpointFile.Writer out, long sequence, Map<Lanes.Lane, Integer> lanes) {
        Rows rows = ledger.table.rows;
        Lanes.Lane lane = ledger.table.lane(sequence);
        Integer number = lanes.get(lane);
        if (number == null) {
            number = lanes.size();
            lanes.put(lane, number);
            out.room(1).put(LANE);
            out.text(lane.type.name);
            out.text(lane.key);
        }
        out.room(ROW_BYTES)
                .put(ROW)
                .putLong(sequence)
                .putLong(rows.hash(sequence))
                .putLong(rows.place(sequence))
                .putLong(rows.rank(sequence))
                .putInt(number)
                .putInt(rows.bits(sequence));
        Extra extra = ledger.table.extra(sequence);
        if (extra != null) {
            instant(out, extra.deadline);
            out.text(extra.uniqueKey);
            out.text(extra.parent);
            out.text(extra.batch);
            instant(out, extra.readyAt);
            out.room(12).putInt(extra.round).putLong(extra.lease);
            instant(out, extra.leasedAt);
            instant(out, extra.settledAt);
            out.room(9).put((byte) (extra.cancelRequested ? 1 : 0)).putLong(extra.last);
        }
    }

    private static void instant(CheckpointFile.Writer out, @Nullable Instant instant) {
        ByteBuffer to = out.room(13).put((byte) (instant == null ? 0 : 1));
        if (instant != null) {
            to.putLong(instant.getEpochSecond()).putInt(instant.getNano());
        }
    }

    private static @Nullable Instant instant(ByteBuffer from) {
        return from.get() == 0 ? null : Instant.ofEpochSecond(from.getLong(), from.getInt());
    }

    private final class Reading {
        private final List<Object[]> lanes = new ArrayList<>();
        private long place;

        /** The first chunk begins with the head. */
        boolean fits(ByteBuffer chunk) {
            return chunk.get() == HEAD
                    && chunk.getLong() == key
                    && (place = chunk.getLong()) >= 0
                    && (firstThen = chunk.getLong()) >= 0
                    && known.covered() >= place;
        }

        void apply(ByteBuffer chunk) {
            while (chunk.hasRemaining()) {
                switch (chunk.get()) {
                    case HEAD:
                        chunk.position(chunk.position() + 3 * Long.BYTES);
                        ledger.table.expect(chunk.getInt());
                        ledger.resume(chunk.getLong(), chunk.getLong(), chunk.getLong(), chunk.getLong());
                        recorder.logStart(text(chunk));
                        break;
                    case COUNT:
                        String type = text(chunk);
                        TaskStatus status = TaskStatus.values()[chunk.getInt()];
                        ledger.table.countSettled(type, status, chunk.getLong());
                        break;
                    case PART:
                        recorder.parts.restore(
                                new PartCounts.Part(chunk.getInt(), chunk.getLong(), chunk.getLong(), chunk.getLong()));
                        break;
                    case STATE:
                        state(chunk);
                        break;
                    case LANE:
                        lanes.add(new Object[] {text(chunk), CheckpointFile.text(chunk)});
                        break;
                    case ROW:
                        row(chunk);
                        break;
                    default:
                        throw new StorageException("the checkpoint " + file + " has a part that nobody knows");
                }
            }
        }

        private void state(ByteBuffer chunk) {
            String name = text(chunk);
            long version = chunk.getLong();
            long record = chunk.getLong();
            byte[] bytes = new byte[chunk.getInt()];
            chunk.get(bytes);
            ledger.state.restore(new Versioned(name, bytes, version), record);
        }

        private void row(ByteBuffer chunk) {
            long sequence = chunk.getLong();
            long hash = chunk.getLong();
            long where = chunk.getLong();
            long rank = chunk.getLong();
            Object[] lane = lanes.get(chunk.getInt());
            int bits = chunk.getInt();
            ledger.table.restore(
                    sequence,
                    hash,
                    where,
                    rank,
                    ledger.table.enterLane((String) lane[0], (String) lane[1]),
                    bits,
                    Bits.hasExtra(bits) ? extra(sequence, chunk) : null);
        }

        private Extra extra(long sequence, ByteBuffer chunk) {
            Extra extra = new Extra(sequence);
            extra.deadline = instant(chunk);
            extra.uniqueKey = CheckpointFile.text(chunk);
            extra.parent = CheckpointFile.text(chunk);
            extra.batch = CheckpointFile.text(chunk);
            extra.readyAt = instant(chunk);
            extra.round = chunk.getInt();
            extra.lease = chunk.getLong();
            extra.leasedAt = instant(chunk);
            extra.settledAt = instant(chunk);
            extra.cancelRequested = chunk.get() != 0;
            extra.last = chunk.getLong();
            return extra;
        }

        private String text(ByteBuffer chunk) {
            return Objects.requireNonNull(CheckpointFile.text(chunk));
        }
    }
}
