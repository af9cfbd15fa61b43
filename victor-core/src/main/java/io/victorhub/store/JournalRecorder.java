package io.victorhub.store;

import io.victorhub.journal.Force;
import io.victorhub.journal.Journal;
import io.victorhub.journal.Lines;
import io.victorhub.journal.Place;
import io.victorhub.journal.Ticket;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.StoreCodec;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps facts in a journal. */
final class JournalRecorder implements Recorder {

    /** Facts on their way into the journal. */
    private static final class InJournal implements Receipt {
        private final List<Fact> facts;
        private final Ticket ticket;
        private boolean kept;
        private boolean published;

        InJournal(List<Fact> facts, Ticket ticket) {
            this.facts = facts;
            this.ticket = ticket;
        }

        @Override
        public List<Fact> facts() {
            return facts;
        }

        @Override
        public Ref submission(int fact, int index) {
            return new Ref.At(ticket.place(fact), index);
        }

        @Override
        public Ref entry(int fact, int index) {
            return new Ref.At(ticket.place(fact), index);
        }
    }

    /** One fact that was read when the journal was opened. */
    private record Replayed(Fact fact, Place place) implements Receipt {
        @Override
        public List<Fact> facts() {
            return List.of(fact);
        }

        @Override
        public Ref submission(int fact, int index) {
            return new Ref.At(place, index);
        }

        @Override
        public Ref entry(int fact, int index) {
            return new Ref.At(place, index);
        }
    }

    private final Journal journal;
    private final FactCodec facts;
    private final StoreCodec codec;
    private final JournalLog log;
    private final ReentrantLock rewriting = new ReentrantLock(); // one at a time writes old segments anew or drops them
    private final Deque<InJournal> unpublished = new ArrayDeque<>(); // guarded by the ledger's lock

    JournalRecorder(Journal journal, StoreCodec codec) {
        this.journal = journal;
        this.codec = codec;
        this.facts = new FactCodec(codec);
        this.log = new JournalLog(journal, codec);
    }

    /** A fact that was read when the journal was opened. */
    Receipt replayed(Fact fact, Place place) {
        log.showUntil(new LogCursor(place.segment(), place.end(), 0));
        if (fact instanceof Fact.Forgot forgot) {
            log.hideBefore(LogCursor.of(forgot.before()));
        }
        return new Replayed(fact, place);
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
    public Receipt record(List<Fact> some, boolean forced) {
        Lines lines = new Lines(512);
        some.forEach(fact -> lines.add(facts.encode(fact)));
        Ticket ticket = journal.append(lines, forced ? Force.NOW : Force.NONE);
        InJournal receipt = new InJournal(some, ticket);
        unpublished.add(receipt);
        return receipt;
    }

    @Override
    public void await(Receipt receipt) {
        InJournal waiting = (InJournal) receipt;
        journal.await(waiting.ticket);
        waiting.kept = true;
    }

    @Override
    public void publish(Receipt receipt) {
        ((InJournal) receipt).published = true;
        while (!unpublished.isEmpty() && unpublished.peek().published) {
            InJournal first = unpublished.remove();
            if (first.kept && first.ticket.count() > 0) {
                Place last = first.ticket.place(first.ticket.count() - 1);
                log.showUntil(new LogCursor(last.segment(), last.end(), 0));
            }
        }
    }

    @Override
    public Submission submission(Ref ref) {
        Ref.At at = (Ref.At) ref;
        return codec.submission(FactCodec.submission(journal.read(at.place()), at.index()));
    }

    @Override
    public LogEntry entry(Ref ref) {
        Ref.At at = (Ref.At) ref;
        return codec.entry(FactCodec.entries(journal.read(at.place())).get(at.index()));
    }

    @Override
    public LogPage read(Position after, int max) {
        return log.read(after, max);
    }

    @Override
    public boolean isBefore(Ref entry, String position) {
        Ref.At at = (Ref.At) entry;
        LogCursor behind = new LogCursor(at.place().segment(), at.place().offset(), at.index() + 1);
        LogCursor border = LogCursor.of(position);
        return behind.compareTo(border) <= 0;
    }

    @Override
    public void drop(String before, Collection<Ref> needed) {
        LogCursor border = LogCursor.of(before);
        log.hideBefore(border);
        int first = border.segment();
        for (Ref ref : needed) {
            first = Math.min(first, ((Ref.At) ref).place().segment());
        }
        rewriting.lock();
        try {
            for (int segment : journal.segments().headSet(first)) {
                journal.drop(segment);
            }
        } finally {
            rewriting.unlock();
        }
    }

    @Override
    public void forgotten(String id, Ref submission) {
        // it goes with its segment
    }

    @Override
    public void erase(Set<String> ids) {
        rewriting.lock();
        try {
            for (int segment : journal.rotate()) {
                new Eraser(journal, facts, ids).erase(segment);
            }
        } finally {
            rewriting.unlock();
        }
    }

    @Override
    public void close() {
        journal.close();
    }
}
