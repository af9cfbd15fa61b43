package io.victorhub.store;

import io.victorhub.journal.Force;
import io.victorhub.journal.Journal;
import io.victorhub.journal.Lines;
import io.victorhub.journal.Place;
import io.victorhub.journal.Ticket;
import io.victorhub.json.JsonBytes;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.LogPart;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreCodec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps facts in a journal. */
final class JournalRecorder implements Recorder {

    private static final int LARGE_SCRATCH = 4 << 20;

    /** Facts on their way into the journal. */
    private static final class InJournal implements Receipt {
        private final List<Fact> facts;
        private final Ticket ticket;
        private boolean published;
        private boolean kept;

        InJournal(List<Fact> facts, Ticket ticket) {
            this.facts = facts;
            this.ticket = ticket;
        }

        @Override
        public List<Fact> facts() {
            return facts;
        }

        @Override
        public long record(int fact) {
            return Where.of(ticket.segment(fact), ticket.offset(fact), 0);
        }

        @Override
        public long submission(int fact, int index) {
            return record(fact) + index;
        }

        @Override
        public long entry(int fact, int index) {
            return record(fact) + index;
        }
    }

    /** One fact that was read when the journal was opened. */
    private record Replayed(Fact fact, long place) implements Receipt {
        @Override
        public List<Fact> facts() {
            return List.of(fact);
        }

        @Override
        public long record(int index) {
            return place;
        }

        @Override
        public long submission(int fact, int index) {
            return place + index;
        }

        @Override
        public long entry(int fact, int index) {
            return place + index;
        }
    }

    private final Journal journal;
    private final StoreCodec codec;
    private final EmbeddedSettings level;
    private final JournalLog log;
    final PartCounts parts = new PartCounts();
    private final ReentrantLock rewriting = new ReentrantLock(); // one at a time writes old segments anew or drops them
    private final AtomicLong written = new AtomicLong(); // bytes, since this was opened
    private final Deque<InJournal> unpublished = new ArrayDeque<>(); // guarded by the ledger's lock
    private volatile LongConsumer growth = bytes -> {};
    private volatile IntConsumer dropped = segment -> {};
    private volatile Runnable erased = () -> {};
    private JsonBytes scratch = new JsonBytes(4096); // guarded by the ledger's lock

    JournalRecorder(Journal journal, StoreCodec codec, EmbeddedSettings level) {
        this.journal = journal;
        this.codec = codec;
        this.level = level;
        this.log = new JournalLog(journal, codec, parts);
    }

    /** Told of the first segment that is left, whenever older ones were dropped. */
    void onDrop(IntConsumer listener) {
        dropped = listener;
    }

    /** {@return before which position nothing is shown} */
    String logStart() {
        return log.start().position().text();
    }

    /** Nothing is shown before that position. */
    void logStart(String position) {
        log.hideBefore(LogCursor.of(position));
    }

    /** All that is in the journal now may be seen. */
    void showAll() {
        Place end = journal.end();
        log.showUntil(new LogCursor(end.segment(), end.offset(), 0));
    }

    /** A fact that was read when the journal was opened. */
    Receipt replayed(Fact fact, int segment, int offset, int behind) {
        log.showUntil(new LogCursor(segment, behind, 0));
        parts.add(segment, fact);
        if (fact instanceof Fact.Forgot forgot) {
            log.hideBefore(LogCursor.of(forgot.before()));
        }
        return new Replayed(fact, Where.of(segment, offset, 0));
    }

    @Override
    public Payload<Submission> payload(Submission submission) {
        return new Payload<>(submission, codec.encode(submission));
    }

    @Override
    public Payload<LogEntry> payload(LogEntry entry) {
        return new Payload<>(entry, codec.encode(entry));
    }

    @Override
    public Receipt record(List<Fact> facts, Safety safety) {
        Lines lines = lines(facts);
        Ticket ticket = journal.append(lines, force(safety), safety == Safety.SETTLED);
        InJournal receipt = new InJournal(facts, ticket);
        unpublished.add(receipt);
        growth.accept(written.addAndGet(lines.bytes()));
        return receipt;
    }

    /** Told how much was written whenever it is more, under the ledger's lock. */
    void onGrowth(LongConsumer listener) {
        growth = listener;
    }

    /** {@return how many bytes went into the journal since it was opened} */
    long written() {
        return written.get();
    }

    @Override
    public void await(Receipt receipt) {
        journal.await(((InJournal) receipt).ticket);
    }

    @Override
    public void publish(Receipt receipt, boolean kept) {
        InJournal mine = (InJournal) receipt;
        mine.published = true;
        mine.kept = kept;
        while (!unpublished.isEmpty() && unpublished.peek().published) {
            InJournal next = unpublished.remove();
            if (next.kept) {
                show(next);
            }
        }
    }

    private void show(InJournal receipt) {
        Ticket ticket = receipt.ticket;
        for (int i = 0; i < receipt.facts.size(); i++) {
            Fact fact = receipt.facts.get(i);
            parts.add(ticket.segment(i), fact);
            if (fact instanceof Fact.Ended ended && !ended.entries().isEmpty()) {
                log.show(
                        ended.entries(),
                        ticket.segment(i),
                        ticket.offset(i),
                        ticket.place(i).end());
            } else if (fact instanceof Fact.Logged logged) {
                log.show(
                        logged.entries(),
                        ticket.segment(i),
                        ticket.offset(i),
                        ticket.place(i).end());
            }
        }
    }

    @Override
    public Kept submission(long place) {
        byte[] record = read(place);
        Fact fact = new FactReader(codec).withTasks(record, 0, record.length);
        if (fact instanceof Fact.Added added) {
            return Kept.of(added.submission(), added.at());
        } else if (fact instanceof Fact.Moved moved) {
            return Kept.of(moved.submission(), moved.at());
        }
        Fact.Added followUp = ((Fact.Ended) fact).followUps().get(Where.index(place));
        return Kept.of(followUp.submission(), followUp.at());
    }

    @Override
    public String id(long place) {
        byte[] record = read(place);
        Fact fact = new FactReader(codec).outline(record, 0, record.length);
        if (fact instanceof Fact.Added added) {
            return added.how().id();
        } else if (fact instanceof Fact.Moved moved) {
            return moved.image().how().id();
        }
        return ((Fact.Ended) fact).followUps().get(Where.index(place)).how().id();
    }

    @Override
    public LogEntry entry(long place) {
        byte[] record = read(place);
        Fact fact = new FactReader(codec).withEntries(record, 0, record.length);
        if (fact instanceof Fact.Moved moved && moved.last() != null) {
            return moved.last().value();
        }
        return ((Fact.Ended) fact).entries().get(Where.index(place)).value();
    }

    @Override
    public Told told(long place) {
        byte[] record = read(place);
        Fact fact = new FactReader(codec).withEntries(record, 0, record.length);
        if (fact instanceof Fact.Moved moved && moved.last() != null) {
            return new Told(List.of(moved.last().value()), Where.NOWHERE);
        }
        Fact.Ended ended = (Fact.Ended) fact;
        List<LogEntry> entries = ended.entries().stream()
                .limit(Where.index(place) + 1L)
                .map(Payload::value)
                .toList();
        return new Told(entries, ended.before());
    }

    /** {@return the end of a task, without what it carries; null if the record is about something else} */
    Fact.@Nullable Ended ended(long place) {
        byte[] record = read(place);
        Fact fact = new FactReader(codec).outline(record, 0, record.length);
        if (fact instanceof Fact.Ended ended) {
            return ended;
        }
        return fact instanceof Fact.Kept kept ? kept.ended() : null;
    }

    /** {@return whether a record is there, be it damaged} */
    boolean hasRecord(long place) {
        return journal.hasLine(Where.segment(place), Where.offset(place));
    }

    @Override
    public LogPage read(Position after, int max) {
        return log.read(after, max);
    }

    @Override
    public List<LogPart> parts() {
        return log.parts();
    }

    @Override
    public void forget(String before, Forgetting forgetting) {
        LogCursor border = LogCursor.of(before);
        log.hideBefore(border);
        rewriting.lock();
        try {
            for (int segment : journal.segments().headSet(border.segment())) {
                forgetting.going(new SegmentScan(journal, codec).records(segment), Where.of(segment + 1, 0, 0));
                journal.drop(segment);
                parts.drop(segment);
                dropped.accept(segment + 1);
            }
        } finally {
            rewriting.unlock();
        }
    }

    @Override
    public void forgotten(long place) {
        // it goes with its segment
    }

    @Override
    public <R> R whileNobodyRewrites(Supplier<R> work) {
        rewriting.lock();
        try {
            return work.get();
        } finally {
            rewriting.unlock();
        }
    }

    @Override
    public Set<String> erase(Set<String> ids, BiPredicate<String, Long> current) {
        return whileNobodyRewrites(() -> {
            Eraser eraser = new Eraser(journal, codec, ids, current);
            journal.rotate().forEach(eraser::erase);
            log.changed();
            journal.removeSetAside();
            erased.run();
            return eraser.found();
        });
    }

    /** Told when something was erased, so that what was derived from it can be made anew. */
    void onErase(Runnable listener) {
        erased = listener;
    }

    @Override
    public void close() {
        journal.close();
    }

    private Lines lines(List<Fact> facts) {
        Lines lines = new Lines(512 * facts.size());
        FactWriter writer = new FactWriter(scratch);
        for (Fact fact : facts) {
            scratch.truncate(0);
            writer.write(fact);
            lines.add(scratch.array(), 0, scratch.length());
        }
        if (scratch.array().length > LARGE_SCRATCH) {
            scratch = new JsonBytes(4096);
        }
        return lines;
    }

    private Force force(Safety safety) {
        switch (safety) {
            case SUBMITTED:
                return level.durability() == Durability.SYNC ? Force.NOW : Force.SOON;
            case SETTLED:
                return level.strictAck() ? Force.NOW : Force.SOON;
            case STARTED:
                return Force.NONE;
            default:
                return Force.NOW;
        }
    }

    private byte[] read(long place) {
        try {
            return journal.read(Where.segment(place), Where.offset(place));
        } catch (IllegalArgumentException e) {
            throw new StorageException(
                    "the store has no record at " + Where.segment(place) + ":" + Where.offset(place), e);
        }
    }
}
