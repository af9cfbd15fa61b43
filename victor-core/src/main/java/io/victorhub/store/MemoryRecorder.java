package io.victorhub.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.StoreCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps what facts carry in memory. Positions are how many entries came before. */
final class MemoryRecorder implements Recorder {

    /** An entry, or what erasing left of it. */
    private static final class Slot {
        volatile LogEntry entry;

        Slot(LogEntry entry) {
            this.entry = entry;
        }
    }

    /** A submission, or what erasing left of it. */
    private static final class Carried {
        volatile Submission submission;

        Carried(Submission submission) {
            this.submission = submission;
        }
    }

    private final class InMemory implements Receipt {
        private final List<Fact> facts;
        private final Map<List<Integer>, Ref> submissions = new HashMap<>();
        private final Map<List<Integer>, Ref> entries = new HashMap<>();

        InMemory(List<Fact> facts) {
            this.facts = facts;
        }

        @Override
        public List<Fact> facts() {
            return facts;
        }

        @Override
        public Ref submission(int fact, int index) {
            return submissions.computeIfAbsent(List.of(fact, index), at -> new Ref.Held(carried(fact, index), 0));
        }

        @Override
        public Ref entry(int fact, int index) {
            return Objects.requireNonNull(entries.get(List.of(fact, index)));
        }

        private Object carried(int fact, int index) {
            if (facts.get(fact) instanceof Fact.Added added) {
                return keep(added);
            }
            return facts.get(fact) instanceof Fact.Ended ended
                    ? keep(ended.followUps().get(index))
                    : this;
        }

        private Carried keep(Fact.Added added) {
            Carried carried = new Carried(added.submission().value());
            lock.lock();
            try {
                bySubmission.put(added.submission().value().task().id(), carried);
            } finally {
                lock.unlock();
            }
            return carried;
        }
    }

    private final StoreCodec codec;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final List<Slot> log = new ArrayList<>();
    private final Map<String, Carried> bySubmission = new HashMap<>();
    private long dropped;

    MemoryRecorder(StoreCodec codec) {
        this.codec = codec;
    }

    @Override
    public Payload<Submission> payload(Submission submission) {
        return new Payload<>(submission, codec.encode(submission)); // its size counts here too
    }

    @Override
    public Payload<LogEntry> payload(LogEntry entry) {
        return new Payload<>(entry, new byte[0]);
    }

    @Override
    public Receipt record(List<Fact> facts, boolean forced) {
        InMemory receipt = new InMemory(facts);
        lock.lock();
        try {
            for (int i = 0; i < facts.size(); i++) {
                List<Payload<LogEntry>> entries = facts.get(i) instanceof Fact.Ended ended
                        ? ended.entries()
                        : facts.get(i) instanceof Fact.Logged logged ? logged.entries() : List.of();
                for (int j = 0; j < entries.size(); j++) {
                    Slot slot = new Slot(entries.get(j).value());
                    receipt.entries.put(List.of(i, j), new Ref.Held(slot, dropped + log.size()));
                    log.add(slot);
                }
            }
        } finally {
            lock.unlock();
        }
        return receipt;
    }

    @Override
    public void await(Receipt receipt) {
        // it is as safe as it will be
    }

    @Override
    public void publish(Receipt receipt) {
        // readers see an entry from the moment it is recorded: nothing can fail in between
    }

    @Override
    public Submission submission(Ref ref) {
        return ((Carried) ((Ref.Held) ref).value()).submission;
    }

    @Override
    public LogEntry entry(Ref ref) {
        return ((Slot) ((Ref.Held) ref).value()).entry;
    }

    @Override
    public LogPage read(Position after, int max) {
        lock.lock();
        try {
            long from = Math.max(number(after), dropped);
            List<LogPage.Logged> page = new ArrayList<>();
            for (long i = from; i < dropped + log.size() && page.size() < max; i++) {
                page.add(new LogPage.Logged(new Position(Long.toString(i + 1)), log.get((int) (i - dropped)).entry));
            }
            return new LogPage(
                    page, page.isEmpty() ? after : page.get(page.size() - 1).position());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isBefore(Ref entry, String position) {
        return ((Ref.Held) entry).index() < Long.parseLong("0" + position);
    }

    @Override
    public void drop(String before, Collection<Ref> needed) {
        lock.lock();
        try {
            long until = Math.min(Long.parseLong("0" + before), dropped + log.size());
            if (until > dropped) {
                log.subList(0, (int) (until - dropped)).clear();
                dropped = until;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void forgotten(String id, Ref submission) {
        lock.lock();
        try {
            bySubmission.remove(id, ((Ref.Held) submission).value());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void erase(Set<String> ids) {
        lock.lock();
        try {
            for (Slot slot : log) {
                if (ids.contains(slot.entry.taskId())) {
                    slot.entry = Blank.of(slot.entry);
                }
            }
            for (String id : ids) {
                Carried carried = bySubmission.get(id);
                if (carried != null) {
                    carried.submission = Blank.of(carried.submission);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // nothing is held but memory
    }

    private long number(Position position) {
        try {
            long number = position.equals(Position.START) ? 0 : Long.parseLong(position.text());
            if (number >= 0 && number <= dropped + log.size()) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("'" + position.text() + "' is no position of this log");
    }
}
