package io.victorhub.store.known;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes one run of some that follow on each other, piece by piece, without what is dropped or there twice. */
final class Merge implements AutoCloseable {

    private final long floor;
    private final List<RunCursor> cursors = new ArrayList<>();
    private final RunWriter out;

    Merge(Run[] runs, long floor, RunFolder folder) throws IOException {
        this.floor = floor;
        long most = 0;
        for (Run run : runs) {
            if (!run.isBelow(floor)) {
                most += run.header().entries();
            }
        }
        RunHeader first = runs[0].header();
        RunHeader last = runs[runs.length - 1].header();
        this.out = new RunWriter(folder, RunWriter.begin(first.first(), last.last(), first.from(), last.to()), most);
        try {
            for (Run run : runs) {
                RunCursor cursor = new RunCursor(run);
                if (!run.isBelow(floor) && cursor.next()) {
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
            RunCursor lowest = lowest();
            if (lowest.place() >= floor) {
                out.add(lowest.hash(), lowest.place());
            }
            if (!lowest.next()) {
                cursors.remove(lowest);
            }
        }
        return !cursors.isEmpty();
    }

    Run finish() throws IOException {
        return out.finish();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private RunCursor lowest() {
        RunCursor lowest = cursors.get(0);
        for (int i = 1; i < cursors.size(); i++) {
            RunCursor other = cursors.get(i);
            if (EntrySort.compare(other.hash(), other.place(), lowest.hash(), lowest.place()) < 0) {
                lowest = other;
            }
        }
        return lowest;
    }
}
