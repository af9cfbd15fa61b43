package io.victorhub.store;

import io.victorhub.spi.store.StorageException;
import io.victorhub.store.known.KnownIds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settled tasks of a store on disk: an index leads from the hash of an id to the record of its end. */
final class JournalArchive implements Archive {

    private final JournalRecorder recorder;
    private final KnownIds known;
    private final SettledScan scan;

    JournalArchive(JournalRecorder recorder, KnownIds known, SettledScan scan) {
        this.recorder = recorder;
        this.known = known;
        this.scan = scan;
    }

    @Override
    public void add(SettledTask task, long hash, long record) {
        known.add(hash, record);
    }

    @Override
    public @Nullable SettledTask find(String id, long hash) {
        Fact.@Nullable Ended[] found = new Fact.@Nullable Ended[1];
        long record = known.find(hash, place -> {
            Fact.Ended ended = ended(place);
            found[0] = ended;
            return ended != null && ended.id().equals(id);
        });
        return record < 0 || found[0] == null ? null : settled(found[0], record);
    }

    @Override
    public List<SettledTask> list(long after, long until, int max) {
        return scan.list(after, until, max);
    }

    @Override
    public void remove(String id, long sequence) {
        // it goes with its segment
    }

    @Override
    public void awaitRoom() {
        if (known.isBehind()) {
            known.awaitRoom();
        }
    }

    /** The index may know of ends that a power cut took from the journal, so that there is another line now, or none. */
    private Fact.@Nullable Ended ended(long place) {
        try {
            return recorder.ended(place);
        } catch (StorageException e) {
            if (recorder.hasRecord(place)) {
                throw e;
            }
            return null;
        }
    }

    /** What was kept in segments before that one is gone. */
    void dropped(int segment) {
        known.dropBelow(Where.of(segment, 0, 0));
    }

    private static SettledTask settled(Fact.Ended ended, long record) {
        int entries = ended.entries().size();
        return SettledTask.of(ended, entries == 0 ? Where.NOWHERE : record + entries - 1);
    }
}
