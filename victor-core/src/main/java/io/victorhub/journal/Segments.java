package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The segments that there are, by number. For any number of threads. */
final class Segments {

    private final Path folder;
    private final ConcurrentSkipListMap<Integer, Segment> all = new ConcurrentSkipListMap<>();
    private volatile int highest; // numbers are not used again

    Segments(Path folder) {
        this.folder = folder;
    }

    /** Finds those that are in the folder. */
    void find(JournalFiles files) throws IOException {
        all.clear();
        for (String name : files.list(folder)) {
            Segment found = Segment.of(folder, name).orElse(null);
            if (found != null) {
                Segment other = all.put(found.number(), found);
                if (other != null) {
                    throw new StorageException("the store in " + folder + " has two files with the number of "
                            + found.file().getFileName() + " and "
                            + other.file().getFileName()
                            + "; one of them is a copy: move it away");
                }
            }
        }
        highest = all.isEmpty() ? 0 : all.lastKey();
    }

    /** {@return the one with this number} */
    Segment get(int number) {
        Segment segment = all.get(number);
        if (segment == null) {
            throw new StorageException("the store in " + folder + " has no segment " + number
                    + " (any more); its records were dropped, or its file was removed");
        }
        return segment;
    }

    boolean has(int number) {
        return all.containsKey(number);
    }

    /** {@return one to come behind all others} It is not among them before {@link #add}. */
    Segment next(LocalDate day) {
        return new Segment(folder, highest + 1, day);
    }

    void add(Segment segment) {
        all.put(segment.number(), segment);
        highest = segment.number();
    }

    void remove(int number) {
        all.remove(number);
    }

    @Nullable Segment last() {
        Map.Entry<Integer, Segment> last = all.lastEntry();
        return last == null ? null : last.getValue();
    }

    /** {@return all of them, in order; changes with them} */
    Collection<Segment> inOrder() {
        return Collections.unmodifiableCollection(all.values());
    }

    /** {@return the numbers, in order; changes with them} */
    SortedSet<Integer> numbers() {
        return Collections.unmodifiableSortedSet(all.navigableKeySet());
    }
}
