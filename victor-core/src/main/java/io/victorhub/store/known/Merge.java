package io.victorhub.store.known;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes one run of several tables or runs, piece by piece, without what is dropped or there twice. */
final class Merge implements AutoCloseable {

    private final List<Cursor> cursors = new ArrayList<>(); // each is at an entry
    private final long floor;
    private final RunWriter out;

    /** @param out is closed with this */
    Merge(List<? extends Cursor> all, long floor, RunWriter out) throws IOException {
        this.floor = floor;
        this.out = out;
        try {
            for (Cursor cursor : all) {
                if (cursor.next()) {
                    cursors.add(cursor);
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            out.close();
            throw e;
        }
    }

    /** {@return whether there is more to do} */
    boolean step(int entries) throws IOException {
        for (int i = 0; i < entries && !cursors.isEmpty(); i++) {
            Cursor lowest = lowest();
            if (lowest.place() >= floor) {
                out.add(lowest.hash(), lowest.place());
            }
            if (!lowest.next()) {
                cursors.remove(lowest);
            }
        }
        return !cursors.isEmpty();
    }

    /** {@return the run, once there is nothing more to do} */
    Run finish() throws IOException {
        return out.finish();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private Cursor lowest() {
        Cursor lowest = cursors.get(0);
        for (int i = 1; i < cursors.size(); i++) {
            Cursor other = cursors.get(i);
            if (EntrySort.compare(other.hash(), other.place(), lowest.hash(), lowest.place()) < 0) {
                lowest = other;
            }
        }
        return lowest;
    }
}
