package io.victorhub.store;

import io.victorhub.journal.Journal;
import io.victorhub.spi.store.StoreCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/**
 * Goes through the submissions in a journal in the order of their numbers. Costs as much as the segments that it reads, so it
 * is for people who list tasks.
 */
final class SubmissionScan {

    /** Gets a task; {@code false} ends the scan. */
    interface Visitor {
        boolean visit(long sequence, String id, long hash);
    }

    private record One(long sequence, String id) {}

    private final Journal journal;
    private final StoreCodec codec;
    private final ToLongFunction<String> hash;
    private final ReentrantLock lock = new ReentrantLock(); // guards firsts
    private final NavigableMap<Integer, Long> firsts =
            new TreeMap<>(); // the first number in each segment, as far as known

    SubmissionScan(Journal journal, StoreCodec codec, ToLongFunction<String> hash) {
        this.journal = journal;
        this.codec = codec;
        this.hash = hash;
    }

    void forEach(long after, long until, Visitor visitor) {
        for (int segment : journal.segments()) {
            if (endsBefore(segment, after)) {
                continue;
            }
            for (One one : submissions(segment)) {
                if (one.sequence() > until) {
                    return;
                }
                if (one.sequence() > after && !visitor.visit(one.sequence(), one.id(), hash.applyAsLong(one.id()))) {
                    return;
                }
            }
        }
    }

    /** {@return whether a later segment begins with a number that is not behind {@code after}} */
    private boolean endsBefore(int segment, long after) {
        lock.lock();
        try {
            var next = firsts.higherEntry(segment);
            return next != null && next.getValue() <= after + 1;
        } finally {
            lock.unlock();
        }
    }

    /** A task that was written anew stands out of order, so it is passed over here: it was not settled then. */
    private List<One> submissions(int segment) {
        byte[] bytes = journal.bytes(segment, 0, journal.length(segment));
        FactReader reader = new FactReader(codec);
        List<One> all = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (FactReader.mayCarryTasks(bytes, start, i + 1)) {
                    Optional<byte[]> record = Journal.record(bytes, start, i + 1);
                    record.ifPresent(object -> add(reader.outline(object, 0, object.length), all));
                }
                start = i + 1;
            }
        }
        if (!all.isEmpty()) {
            remember(segment, all.get(0).sequence());
        }
        return all;
    }

    private void remember(int segment, long first) {
        lock.lock();
        try {
            firsts.put(segment, first);
        } finally {
            lock.unlock();
        }
    }

    private static void add(Fact fact, List<One> all) {
        if (fact instanceof Fact.Added added) {
            all.add(new One(added.sequence(), added.how().id()));
        } else if (fact instanceof Fact.Ended ended) {
            ended.followUps()
                    .forEach(followUp ->
                            all.add(new One(followUp.sequence(), followUp.how().id())));
        }
    }
}
