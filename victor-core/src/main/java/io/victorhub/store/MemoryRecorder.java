package io.victorhub.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.LogPart;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps what facts carry in memory. Positions are how many entries came before; places are numbers that rise. */
final class MemoryRecorder implements Recorder {

    /** Facts of one commit: the places of what they carry follow one another. */
    private static final class InMemory implements Receipt {
        private final List<Fact> facts;
        private final long[] submissions;
        private final long[] entries;
        private final long end; // how many entries there are behind it
        private boolean published;

        InMemory(List<Fact> facts, long[] submissions, long[] entries, long end) {
            this.facts = facts;
            this.submissions = submissions;
            this.entries = entries;
            this.end = end;
        }

        @Override
        public List<Fact> facts() {
            return facts;
        }

        @Override
        public long record(int fact) {
            return submissions[fact];
        }

        @Override
        public long submission(int fact, int index) {
            return submissions[fact] + index;
        }

        @Override
        public long entry(int fact, int index) {
            return entries[fact] + index;
        }
    }

    /** An entry, and the end of a task that it came with, if it was one. */
    private record Slot(LogEntry entry, Fact.@Nullable Ended end) {}

    /** The last entry of a task that lives on. */
    private record Last(long place, LogEntry entry) {}

    private final StoreCodec codec;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final List<Slot> log = new ArrayList<>();
    private final Map<Long, Kept> submissions = new HashMap<>();
    private final Map<Long, Last> lasts = new HashMap<>(); // of tasks that live on, by number
    private final Deque<InMemory> unpublished = new ArrayDeque<>();
    private long nextSubmission;
    private long dropped;
    private long shown; // so many entries, in their order, can be read: those whose facts the ledger has applied

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
    public Receipt record(List<Fact> facts, Safety safety) {
        long[] firstSubmissions = new long[facts.size()];
        long[] firstEntries = new long[facts.size()];
        lock.lock();
        try {
            for (int i = 0; i < firstEntries.length; i++) {
                Fact fact = facts.get(i);
                firstSubmissions[i] = nextSubmission;
                firstEntries[i] = dropped + log.size();
                if (fact instanceof Fact.Added added) {
                    keep(added);
                } else if (fact instanceof Fact.Ended ended) {
                    ended.followUps().forEach(this::keep);
                    if (SettledTask.isFinal(ended)) {
                        lasts.remove(ended.sequence());
                    }
                    Fact.Ended end = ended.carrying(List.of(), List.of());
                    ended.entries().forEach(entry -> log.add(new Slot(entry.value(), end)));
                } else if (fact instanceof Fact.Logged logged) {
                    logged.entries().forEach(entry -> log.add(new Slot(entry.value(), null)));
                }
            }
            InMemory receipt = new InMemory(facts, firstSubmissions, firstEntries, dropped + log.size());
            unpublished.add(receipt);
            return receipt;
        } finally {
            lock.unlock();
        }
    }

    private void keep(Fact.Added added) {
        submissions.put(nextSubmission++, Kept.of(added.submission(), added.at()));
    }

    @Override
    public void await(Receipt receipt) {
        // it is as safe as it will be
    }

    @Override
    public void publish(Receipt receipt, boolean kept) {
        lock.lock();
        try {
            ((InMemory) receipt).published = true;
            while (!unpublished.isEmpty() && unpublished.peek().published) {
                shown = unpublished.remove().end;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Kept submission(long place) {
        lock.lock();
        try {
            Kept kept = submissions.get(place);
            if (kept == null) {
                throw new StorageException("the submission is no longer kept");
            }
            return kept;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String id(long place) {
        return submission(place).submission().task().id();
    }

    @Override
    public LogEntry entry(long place) {
        lock.lock();
        try {
            if (place < dropped) {
                return lasts.values().stream()
                        .filter(last -> last.place() == place)
                        .findFirst()
                        .map(Last::entry)
                        .orElseThrow(() -> new StorageException("the entry is no longer kept"));
            }
            if (place >= dropped + log.size()) {
                throw new StorageException("the entry is no longer kept");
            }
            return log.get((int) (place - dropped)).entry();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Told told(long place) {
        lock.lock();
        try {
            List<LogEntry> entries = new ArrayList<>(List.of(entry(place)));
            if (place < dropped) {
                return new Told(entries, Where.NOWHERE);
            }
            Fact.Ended end = log.get((int) (place - dropped)).end();
            for (long i = place - 1;
                    i >= dropped && end == log.get((int) (i - dropped)).end();
                    i--) {
                entries.add(0, entry(i));
            }
            return new Told(entries, end == null ? Where.NOWHERE : end.before());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public LogPage read(Position after, int max) {
        lock.lock();
        try {
            long from = Math.max(number(after), dropped);
            List<LogPage.Logged> page = new ArrayList<>();
            for (long i = from; i < shown && page.size() < max; i++) {
                page.add(new LogPage.Logged(
                        new Position(Long.toString(i + 1)),
                        log.get((int) (i - dropped)).entry()));
            }
            return new LogPage(
                    page, page.isEmpty() ? after : page.get(page.size() - 1).position());
        } finally {
            lock.unlock();
        }
    }

    /** Nobody counts on what is in memory for days. */
    @Override
    public List<LogPart> parts() {
        return List.of();
    }

    @Override
    public void forget(String before, Forgetting forgetting) {
        List<Forgetting.Going> going = new ArrayList<>();
        lock.lock();
        try {
            long until = Math.min(Long.parseLong("0" + before), shown);
            if (until > dropped) {
                List<Slot> slots = log.subList(0, (int) (until - dropped));
                slots.stream()
                        .map(Slot::end)
                        .filter(Objects::nonNull)
                        .forEach(end -> going.add(new Forgetting.Going(end, Where.NOWHERE)));
                for (int i = 0; i < slots.size(); i++) {
                    Fact.Ended end = slots.get(i).end();
                    if (end != null && !SettledTask.isFinal(end)) {
                        lasts.put(
                                end.sequence(),
                                new Last(dropped + i, slots.get(i).entry()));
                    }
                }
                slots.clear();
                dropped = until;
            }
        } finally {
            lock.unlock();
        }
        forgetting.going(going, Where.NOWHERE);
    }

    @Override
    public void forgotten(long place) {
        lock.lock();
        try {
            submissions.remove(place);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <R> R whileNobodyRewrites(Supplier<R> work) {
        return work.get();
    }

    @Override
    public Set<String> erase(Set<String> ids, BiPredicate<String, Long> current) {
        lock.lock();
        try {
            Set<String> found = log.stream()
                    .map(slot -> slot.entry().taskId())
                    .filter(ids::contains)
                    .collect(Collectors.toSet());
            lasts.replaceAll((task, last) ->
                    ids.contains(last.entry().taskId()) ? new Last(last.place(), Blank.of(last.entry())) : last);
            log.replaceAll(
                    slot -> ids.contains(slot.entry().taskId()) ? new Slot(Blank.of(slot.entry()), slot.end()) : slot);
            submissions.replaceAll(
                    (place, kept) -> ids.contains(kept.submission().task().id())
                            ? new Kept(Blank.of(kept.submission()), kept.at(), true)
                            : kept);
            return found;
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
            if (number >= 0 && number <= shown) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("'" + position.text() + "' is no position of this log");
    }
}
