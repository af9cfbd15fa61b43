package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects on disk, in the order in which they were handed in. Many threads hand in; whoever finds nobody writing
 * writes what all have handed in by then, with one write and one force (group commit).
 *
 * <p>A failed write is taken back and may be tried again, such as on a full disk. A failed force is not: nobody knows
 * what is on the disk then, so the journal takes nothing more until it is opened anew.
 */
public final class Journal implements AutoCloseable {

    /** Gets every whole record when a journal is opened, in order. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Called for each record.
         *
         * @param segment the number of its segment
         * @param offset where its line begins in the segment
         * @param bytes hold it; not to be changed or kept
         * @param start where its object begins in {@code bytes}
         * @param end where the member with its checksum begins, so that its closing brace is left out; its line ends
         *     {@link Lines#SEAL_BYTES} behind that
         */
        void visit(int segment, int offset, byte[] bytes, int start, int end);
    }

    /** What is written at once is in memory twice, and a segment must stay one that can be read. */
    private static final long MOST_BYTES_AT_ONCE = 256L << 20;

    private final Path folder;
    private final FolderLock folderLock;
    private final SegmentReaders readers;
    private final JournalSettings settings;
    private final TreeSet<Integer> segments = new TreeSet<>(); // guarded by lock
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Condition changed = lock.newCondition();
    private List<Ticket> waiting = new ArrayList<>();
    private boolean writing;
    private boolean closed;
    private @Nullable StorageException broken;
    private @Nullable SegmentWriter writer;
    private Supplier<byte[]> preamble = () -> new byte[0];

    private Journal(Path folder, FolderLock folderLock, JournalSettings settings) {
        this.folder = folder;
        this.folderLock = folderLock;
        this.readers = new SegmentReaders(folder);
        this.settings = settings;
    }

    /**
     * Opens the journal in {@code folder}, which is made if need be. {@link #recover} it before anything else.
     *
     * @throws StorageException if the folder cannot be used, or another process holds it
     */
    public static Journal open(Path folder, JournalSettings settings) {
        try {
            Files.createDirectories(folder);
            Journal journal = new Journal(folder, FolderLock.take(folder, "the store in"), settings);
            journal.listSegments();
            return journal;
        } catch (IOException e) {
            String why = e instanceof AccessDeniedException ? "access is denied to " + e.getMessage() : e.toString();
            throw new StorageException(
                    "the store in " + folder + " cannot be opened: " + why
                            + "; make the folder writable for this process, or choose another home",
                    e);
        }
    }

    /**
     * Reads what is there, and mends what a crash or a bad disk left of it.
     *
     * @throws StorageException if it cannot be read, or another version wrote it
     */
    public void recover(Visitor visitor) {
        recover(0, 0, visitor);
    }

    /** The same, but the visitor gets only the records from a place on, such as one that {@link #end} once gave. */
    public void recover(int segment, int offset, Visitor visitor) {
        try {
            recoverSegments(segment, offset, visitor);
        } catch (IOException e) {
            throw new StorageException("the store in " + folder + " cannot be read: " + e, e);
        }
    }

    /** From now on each new segment begins with the record that {@code preamble} gives. */
    public void start(Supplier<byte[]> preamble) {
        lock.lock();
        try {
            this.preamble = preamble;
        } finally {
            lock.unlock();
        }
    }

    /** Hands in records. They are written in the order of these calls. */
    public Ticket append(Lines lines, Force force) {
        return append(lines, force, false);
    }

    /**
     * Hands in records. They are written in the order of these calls.
     *
     * @param lines not changed any more
     * @param useReserve whether they may use up what is set aside for when the disk is full
     */
    public Ticket append(Lines lines, Force force, boolean useReserve) {
        Ticket ticket = new Ticket(lines, force, useReserve);
        if (lines.bytes() > MOST_BYTES_AT_ONCE) {
            throw new StorageException("the store in " + folder + " takes " + MOST_BYTES_AT_ONCE
                    + " bytes at once, and was handed " + lines.bytes() + "; hand in fewer tasks at a time");
        }
        lock.lock();
        try {
            requireUsable();
            waiting.add(ticket);
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the records are written, and forced if that was asked for. Goes on through interrupts.
     *
     * @throws StorageException if they could not be kept; none of them is there then
     */
    public void await(Ticket ticket) {
        lock.lock();
        try {
            while (!ticket.done) {
                if (writing) {
                    changed.awaitUninterruptibly();
                } else {
                    writeWaiting();
                }
            }
            if (ticket.failure != null) {
                throw new StorageException(String.valueOf(ticket.failure.getMessage()), ticket.failure);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return the record at {@code place}} */
    public byte[] read(Place place) {
        byte[] line = readers.read(place.segment(), place.offset(), place.length());
        return Line.open(line, 0, line.length).orElseThrow(() -> damaged(place.segment(), place.offset()));
    }

    /** {@return the record whose line begins there} */
    public byte[] read(int segment, int offset) {
        int left = Math.max(0, length(segment) - offset);
        int size = 0;
        while (size < left) {
            size = Math.min(size == 0 ? 4096 : size * 4, left);
            byte[] bytes = readers.read(segment, offset, size);
            for (int i = 0; i < size; i++) {
                if (bytes[i] == '\n') {
                    return Line.open(bytes, 0, i + 1).orElseThrow(() -> damaged(segment, offset));
                }
            }
        }
        throw damaged(segment, offset);
    }

    private StorageException damaged(int segment, int offset) {
        return new StorageException("journal " + Segment.file(folder, segment) + " is damaged at byte " + offset
                + "; close the hub and open it again to have it mended");
    }

    /** {@return the place behind all that is written} Its length is 0. */
    public Place end() {
        lock.lock();
        try {
            awaitQuiet();
            int last = segments.isEmpty() ? 0 : segments.last();
            return new Place(last, last == 0 ? 0 : length(last), 0);
        } finally {
            lock.unlock();
        }
    }

    /** {@return the day whose records a segment holds} */
    public LocalDate day(int segment) {
        try {
            return LocalDate.ofInstant(
                    Files.getLastModifiedTime(Segment.file(folder, segment)).toInstant(), settings.zone());
        } catch (IOException e) {
            throw new StorageException("journal " + Segment.file(folder, segment) + " cannot be read: " + e, e);
        }
    }

    /** {@return bytes of a segment, as they are} */
    public byte[] bytes(int segment, int offset, int length) {
        return readers.read(segment, offset, length);
    }

    /** {@return the record that a line of {@link #bytes} holds; empty for a blank one} */
    public static Optional<byte[]> record(byte[] bytes, int start, int end) {
        return Line.open(bytes, start, end);
    }

    /** {@return the numbers of the segments, in order} */
    public SortedSet<Integer> segments() {
        lock.lock();
        try {
            return new TreeSet<>(segments);
        } finally {
            lock.unlock();
        }
    }

    /** {@return how long a segment is} */
    public int length(int segment) {
        try {
            return Math.toIntExact(Files.size(Segment.file(folder, segment)));
        } catch (IOException e) {
            throw new StorageException("journal " + Segment.file(folder, segment) + " cannot be read: " + e, e);
        }
    }

    /**
     * Ends the current segment, so that {@link #replace} may touch all that is written by now.
     *
     * @return the segments that have ended, in order
     */
    public SortedSet<Integer> rotate() {
        lock.lock();
        try {
            awaitQuiet();
            requireUsable();
            if (writer != null) {
                writer.close();
                writer = null;
            }
            return new TreeSet<>(segments);
        } catch (IOException e) {
            throw new StorageException("journal in " + folder + " cannot end a segment: " + e, e);
        } finally {
            lock.unlock();
        }
    }

    /** Writes a whole segment anew; each record must keep its place, filled with blanks where it became shorter. */
    public void replace(int segment, byte[] content) {
        try {
            AtomicFiles.write(Segment.file(folder, segment), content);
            readers.reopen(segment);
        } catch (IOException e) {
            throw new StorageException(
                    "journal " + Segment.file(folder, segment) + " cannot be written anew: " + e + "; it is as it was",
                    e);
        }
    }

    /** {@return the line of {@code object}, exactly as long as {@code place}} */
    public static byte[] lineOf(byte[] object, Place place) {
        return Line.seal(object, place.length());
    }

    /** Deletes a segment of which nothing is needed any more. */
    public void drop(int segment) {
        lock.lock();
        try {
            segments.remove(segment);
            readers.reopen(segment);
            Files.deleteIfExists(Segment.file(folder, segment));
            AtomicFiles.forceFolder(folder);
        } catch (IOException e) {
            throw new StorageException("journal " + Segment.file(folder, segment) + " cannot be deleted: " + e, e);
        } finally {
            lock.unlock();
        }
    }

    /** Writes and forces what was handed in, and lets go of the folder. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            awaitQuiet();
            if (closed) {
                return;
            }
            if (broken == null && !waiting.isEmpty()) {
                writeWaiting();
            }
            closed = true;
            letGo();
        } catch (IOException e) {
            throw new StorageException("journal in " + folder + " cannot be closed: " + e, e);
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private void letGo() throws IOException {
        try (folderLock;
                readers) {
            if (writer != null) {
                if (broken == null) {
                    writer.force();
                }
                writer.close();
            }
        }
    }

    private void listSegments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.flatMap(file -> Segment.number(file).stream()).forEach(segments::add);
        }
    }

    private void recoverSegments(int fromSegment, int fromOffset, Visitor visitor) throws IOException {
        AtomicFiles.removeLeftovers(folder);
        int length = 0;
        for (int number : List.copyOf(segments)) {
            Path file = Segment.file(folder, number);
            int from = number < fromSegment ? Integer.MAX_VALUE : number == fromSegment ? fromOffset : 0;
            length = Recovery.run(file, number, number == segments.last(), from, visitor);
            if (length == 0) {
                Files.delete(file); // it had died before its first line was complete
                segments.remove(number);
                length = segments.isEmpty() ? 0 : length(segments.last());
            }
        }
        if (!segments.isEmpty()) {
            writer = new SegmentWriter(folder, segments.last(), length);
        }
    }

    /** Called with the lock; lets go of it while it writes. */
    private void writeWaiting() {
        List<Ticket> batch = waiting;
        waiting = new ArrayList<>();
        writing = true;
        StorageException before = broken;
        StorageException failure = before;
        int written = 0;
        lock.unlock();
        try {
            while (before == null && written < batch.size()) {
                int end = endOfPart(batch, written);
                write(batch.subList(written, end));
                written = end;
            }
        } catch (StorageException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new StorageException("the store in " + folder + " could not write: " + e, e);
            throw e;
        } finally {
            lock.lock();
            writing = false;
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).failure = i < written ? before : failure;
                batch.get(i).done = true;
            }
            changed.signalAll();
        }
    }

    /** At least one ticket, and no more than may be written at once. */
    private static int endOfPart(List<Ticket> batch, int start) {
        long bytes = size(batch.get(start));
        int end = start + 1;
        while (end < batch.size() && bytes + size(batch.get(end)) <= MOST_BYTES_AT_ONCE) {
            bytes += size(batch.get(end++));
        }
        return end;
    }

    private static long size(Ticket ticket) {
        return ticket.lines.bytes();
    }

    private void write(List<Ticket> batch) {
        boolean forced = batch.stream().anyMatch(ticket -> ticket.force != Force.NONE);
        try {
            SegmentWriter current = current();
            current.write(batch);
            if (forced) {
                force(current);
            }
        } catch (IOException e) {
            throw new StorageException(
                    "the store in " + folder + " cannot keep more: " + e.getMessage()
                            + "; make room on the disk or mend it (what was acknowledged is safe)",
                    e);
        }
    }

    private void force(SegmentWriter current) {
        try {
            current.force();
        } catch (IOException e) {
            StorageException fatal = new StorageException(
                    "the disk under the store in " + folder + " failed to force what was written: " + e.getMessage()
                            + "; nothing more is taken until the hub is opened again (what was acknowledged is safe)",
                    e);
            lock.lock();
            try {
                broken = fatal;
            } finally {
                lock.unlock();
            }
            throw fatal;
        }
    }

    /** Only the one thread that writes calls this. */
    private SegmentWriter current() throws IOException {
        SegmentWriter now;
        Supplier<byte[]> first;
        int next;
        lock.lock();
        try {
            now = writer;
            first = preamble;
            next = segments.isEmpty() ? 1 : segments.last() + 1;
        } finally {
            lock.unlock();
        }
        if (now != null && now.length() < settings.segmentBytes()) {
            return now;
        }
        SegmentWriter fresh = SegmentWriter.begin(folder, next, first.get());
        lock.lock();
        try {
            segments.add(next);
            writer = fresh;
        } finally {
            lock.unlock();
        }
        if (now != null) {
            now.close();
        }
        return fresh;
    }

    private void awaitQuiet() {
        while (writing) {
            changed.awaitUninterruptibly();
        }
    }

    private void requireUsable() {
        if (closed) {
            throw new StorageException("the store in " + folder + " is closed");
        }
        if (broken != null) {
            throw new StorageException(String.valueOf(broken.getMessage()), broken);
        }
    }
}
