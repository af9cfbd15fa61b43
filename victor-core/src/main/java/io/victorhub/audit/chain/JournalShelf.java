package io.victorhub.audit.chain;

import io.victorhub.journal.Force;
import io.victorhub.journal.Journal;
import io.victorhub.journal.JournalSettings;
import io.victorhub.journal.Lines;
import io.victorhub.journal.Ticket;
import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps records in a journal, which is not made before there is one. */
final class JournalShelf implements Shelf {

    private final Path folder;
    private final JournalSettings settings;
    private final List<String> mended;
    private volatile @Nullable Journal journal; // null until there is a record
    private volatile long[] places = new long[16]; // segment and offset
    private volatile int size;

    /**
     * @param settings its reserve is left out: a change that cannot be recorded is not made
     * @throws StorageException if what is there cannot be read
     */
    JournalShelf(Path folder, JournalSettings settings) {
        this.folder = folder;
        this.settings = settings.withReserveBytes(0);
        this.mended = Files.isDirectory(folder) ? recovered() : List.of();
    }

    /** {@return the files that were set aside when it was opened: pieces of records that were not whole} */
    List<String> mended() {
        return mended;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte[] read(int index) {
        int known = size; // first: the places of so many are there then
        if (index < 0 || index >= known) {
            throw new IndexOutOfBoundsException("there are " + known + " records, and none has number " + index);
        }
        long place = places[index];
        return opened().read((int) (place >>> Integer.SIZE), (int) place);
    }

    @Override
    public void add(byte[] record) {
        Journal kept = opened();
        Ticket ticket = kept.append(new Lines(record.length + Lines.SEAL_BYTES).add(record), Force.NOW);
        kept.await(ticket);
        remember(ticket.segment(0), ticket.offset(0));
    }

    @Override
    public void close() {
        Journal open = journal;
        if (open != null) {
            open.close();
        }
    }

    private Journal opened() {
        Journal open = journal;
        return open == null ? open() : open;
    }

    private Journal open() {
        Journal opened = Journal.open(folder, settings);
        try {
            opened.recover((segment, offset, bytes, start, end) -> remember(segment, offset));
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
        journal = opened;
        return opened;
    }

    private List<String> recovered() {
        Set<String> before = setAside();
        open();
        List<String> now = new ArrayList<>(setAside());
        now.removeAll(before);
        return now;
    }

    private Set<String> setAside() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".torn-") || name.contains(".damaged-"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new StorageException(
                    "the audit in " + folder + " cannot be read: " + e + "; make the folder readable", e);
        }
    }

    private void remember(int segment, int offset) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        places[size] = (long) segment << Integer.SIZE | offset;
        size = size + 1; // last: whoever sees it sees the place
    }
}
