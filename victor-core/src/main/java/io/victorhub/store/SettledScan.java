package io.victorhub.store;

import io.victorhub.journal.Journal;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists settled tasks in the order of their numbers, from the records of their ends. Reads only the segments in which such
 * numbers are: as tasks are mostly settled soon after they were queued, those are few for a page.
 */
final class SettledScan {

    private static final Logger log = LoggerFactory.getLogger(SettledScan.class);

    private final Journal journal;
    private final StoreCodec codec;
    private final PartCounts parts;

    SettledScan(Journal journal, StoreCodec codec, PartCounts parts) {
        this.journal = journal;
        this.codec = codec;
        this.parts = parts;
    }

    List<SettledTask> list(long after, long until, int max) {
        TreeMap<Long, SettledTask> first = new TreeMap<>();
        List<PartCounts.Part> candidates = parts.all().stream()
                .filter(part -> part.highest() > after && part.lowest() <= until)
                .sorted(Comparator.comparingLong(PartCounts.Part::lowest))
                .toList();
        for (PartCounts.Part part : candidates) {
            if (first.size() == max && part.lowest() > first.lastKey()) {
                break;
            }
            collect(part.segment(), after, until, max, first);
        }
        return new ArrayList<>(first.values());
    }

    private void collect(int segment, long after, long until, int max, TreeMap<Long, SettledTask> first) {
        byte[] bytes;
        try {
            bytes = journal.bytes(segment, 0, journal.length(segment));
        } catch (StorageException | IllegalArgumentException e) {
            log.debug("segment {} was dropped meanwhile", segment, e);
            return;
        }
        FactReader reader = new FactReader(codec);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (FactReader.mayEndTasks(bytes, start, i + 1)) {
                    Optional<byte[]> record = Journal.record(bytes, start, i + 1);
                    if (record.isPresent()) {
                        add(
                                reader.outline(record.get(), 0, record.get().length),
                                Where.of(segment, start, 0),
                                after,
                                until,
                                max,
                                first);
                    }
                }
                start = i + 1;
            }
        }
    }

    private static void add(Fact fact, long record, long after, long until, int max, TreeMap<Long, SettledTask> first) {
        Fact.Ended ended = fact instanceof Fact.Ended one ? one : fact instanceof Fact.Kept kept ? kept.ended() : null;
        if (ended == null
                || !SettledTask.isFinal(ended)
                || ended.sequence() <= after
                || ended.sequence() > until
                || first.size() == max && ended.sequence() > first.lastKey()) {
            return;
        }
        int entries = ended.entries().size();
        first.put(ended.sequence(), SettledTask.of(ended, entries == 0 ? Where.NOWHERE : record + entries - 1));
        if (first.size() > max) {
            first.pollLastEntry();
        }
    }
}
