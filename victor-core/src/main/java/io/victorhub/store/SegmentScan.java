package io.victorhub.store;

import io.victorhub.journal.Journal;
import io.victorhub.spi.store.StoreCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a whole segment of a journal, record by record. */
final class SegmentScan {

    private final Journal journal;
    private final StoreCodec codec;

    SegmentScan(Journal journal, StoreCodec codec) {
        this.journal = journal;
        this.codec = codec;
    }

    /** {@return the outlines of its records} */
    List<Forgetting.Going> records(int segment) {
        List<Forgetting.Going> records = new ArrayList<>();
        byte[] bytes = journal.bytes(segment, 0, journal.length(segment));
        FactReader reader = new FactReader(codec);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                Optional<byte[]> record = Journal.record(bytes, start, i + 1);
                if (record.isPresent() && record.get()[2] == 'r') { // else it is the segment's header
                    Fact fact = reader.outline(record.get(), 0, record.get().length);
                    records.add(new Forgetting.Going(fact, Where.of(segment, start, 0)));
                }
                start = i + 1;
            }
        }
        return records;
    }
}
