package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON objects on disk, in the order in which they were handed in. Many threads hand in; one of those that wait writes
 * what all have handed in by then, with one write and one force (group commit). For any number of threads.
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

    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private final Path folder;
    private final Closeable folderLock;
    private final JournalFiles files;
    private final Segments segments;
    private final SegmentReaders readers;
    private final Reserve reserve;
    private final BrokenMark mark;
    private final Flusher flusher;
    private final GroupWriter writer;
    private final Groups groups;
    private volatile boolean closed;

    private Journal(Path folder, Closeable folderLock, JournalSettings settings) {
        this.folder = folder;
        this.folderLock = folderLock;
        this.files = settings.files();
        this.segments = new Segments(folder);
        this.readers = new SegmentReaders(files);
        this.reserve = new Reserve(files, folder, settings.reserveBytes());
        this.mark = new BrokenMark(files, folder);
        this.flusher = new Flusher(settings.threads(), settings.forceWithin(), this::flush);
        this.writer = new GroupWriter(folder, settings, segments, reserve, mark, flusher);
        this.groups = new Groups(writer);
    }

    /**
     * Opens the journal in {@code folder}, which is made if need be. {@link #recover} it before anything else.
     *
     * @throws StorageException if the folder cannot be used, or another process holds it
     */
    public static Journal open(Path folder, JournalSettings settings) {
        try {
            settings.files().makeFolder(folder);
            return new Journal(folder, settings.files().lock(folder, "the store in"), settings);
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
        recoverSegments(0, 0, visitor);
    }

    /**
     * The same from a place on that {@link #end} once gave and that was forced since. What stands before is neither read
     * nor mended, but for a segment that does not end in a whole line.
     *
     * @return false if no record can begin there, because the journal lost its end or was damaged; nothing was done then:
     *     all of it is to be recovered, and that place to be forgotten
     * @throws StorageException if it cannot be read, or another version wrote it
     */
    public boolean recover(int segment, int offset, Visitor visitor) {
        return recoverSegments(segment, offset, visitor);
    }

    /** From now on each new segment begins with the record that {@code preamble} gives. */
    public void start(Supplier<byte[]> preamble) {
        writer.beginWith(preamble);
    }

    /** Hands in records. They are written in the order of these calls. */
    public Ticket append(Lines lines, Force force) {
        return append(lines, force, false);
    }

    /**
     * Hands in records. They are written in the order of these calls, when somebody waits for one of them, or at last
     * when the journal is closed. This is short: nothing is copied or written.
     *
     * @param lines not changed any more
     * @param useReserve whether they may use up what is set aside for when the disk is full
     * @throws StorageException if the journal is closed, or takes nothing more, or not so much at once
     */
    public Ticket append(Lines lines, Force force, boolean useReserve) {
        if (lines.bytes() > GroupWriter.MOST_BYTES_AT_ONCE) {
            throw new StorageException("the store in " + folder + " takes " + GroupWriter.MOST_BYTES_AT_ONCE
                    + " bytes at once, and was handed " + lines.bytes() + "; hand in fewer tasks at a time");
        }
        requireUsable();
        Ticket ticket = new Ticket(lines, force, useReserve);
        groups.add(ticket);
        return ticket;
    }

    /**
     * Waits until the records are written, and forced if that was asked for {@link Force#NOW}. Goes on through
     * interrupts. One thread waits for a ticket.
     *
     * @throws StorageException if they could not be kept: none of them is there then, unless it was the force that failed,
     *     or the disk that lost what it had
     */
    public void await(Ticket ticket) {
        groups.await(ticket);
        ticket.requireKept();
    }

    /**
     * Writes and forces all that was handed in before.
     *
     * @throws StorageException if it was not forced
     */
    public void force() {
        await(append(new Lines(0), Force.NOW));
    }

    /** {@return why nothing more is taken until this is opened anew; null if something is} For any thread at any time. */
    public @Nullable StorageException broken() {
        return writer.broken();
    }

    /** {@return whether the disk was so full that a part of the reserve was given up, and is not back} */
    public boolean isReserveInUse() {
        return reserve.isGivenUp();
    }

    /** {@return the record at {@code place}} */
    public byte[] read(Place place) {
        return read(place.segment(), place.offset());
    }

    /**
     * {@return the record whose line begins there} Records that are read in order cost a call of the system for many.
     *
     * @throws StorageException if it cannot be read, or is not whole
     */
    public byte[] read(int segment, int offset) {
        return readers.record(segments.get(segment), offset);
    }

    /** {@return whether a line begins there that holds something, be it damaged} If not, no record is or was lost there. */
    public boolean hasLine(int segment, int offset) {
        if (!segments.has(segment)
                || offset < 0
                || offset >= segments.get(segment).length()) {
            return false;
        }
        int before = Math.min(1, offset);
        byte[] bytes = bytes(segment, offset - before, before + 1);
        return (before == 0 || bytes[0] == '\n') && bytes[before] != ' ';
    }

    /** {@return bytes of a segment, as they are} */
    public byte[] bytes(int segment, int offset, int length) {
        return readers.read(segments.get(segment), offset, length);
    }

    /** {@return the record that a line of {@link #bytes} holds; empty for a blank one} */
    public static Optional<byte[]> record(byte[] bytes, int start, int end) {
        return Line.open(bytes, start, end);
    }

    /** {@return the numbers of the segments, in order; changes when they do} */
    public SortedSet<Integer> segments() {
        return segments.numbers();
    }

    /** {@return how many bytes of a segment are written} */
    public int length(int segment) {
        return segments.get(segment).length();
    }

    /** {@return the day whose records a segment holds} */
    public LocalDate day(int segment) {
        return segments.get(segment).day();
    }

    /** {@return the place behind all that is written by now} Its length is 0. */
    public Place end() {
        Segment last = segments.last();
        return last == null ? new Place(0, 0, 0) : new Place(last.number(), last.length(), 0);
    }

    /**
     * Ends the current segment, so that {@link #replace} may touch all that is written by now.
     *
     * @return the segments that have ended, in order
     */
    public SortedSet<Integer> rotate() {
        requireUsable();
        SortedSet<Integer> all = new TreeSet<>();
        groups.whileNobodyWrites(() -> {
            writer.end();
            all.addAll(segments.numbers());
        });
        return all;
    }

    /** Writes a whole segment anew; each record must keep its place, filled with blanks where it became shorter. */
    public void replace(int segment, byte[] content) {
        Segment replaced = segments.get(segment);
        if (content.length != replaced.length()) {
            throw new IllegalArgumentException("journal " + replaced.file() + " has " + replaced.length()
                    + " bytes and cannot be replaced by " + content.length);
        }
        try {
            AtomicFiles.write(files, replaced.file(), content);
        } catch (IOException e) {
            throw new StorageException(
                    "journal " + replaced.file() + " cannot be written anew: " + e + "; it is as it was", e);
        } finally {
            readers.forget(segment);
        }
    }

    /** Deletes what was set aside because it was damaged: nobody can tell what is in it. */
    public void removeSetAside() {
        try {
            boolean any = false;
            for (String name : files.list(folder)) {
                if (Recovery.isSetAside(name)) {
                    files.delete(folder.resolve(name));
                    any = true;
                }
            }
            if (any) {
                files.forceFolder(folder);
            }
        } catch (IOException e) {
            throw new StorageException("what was set aside in " + folder + " cannot be deleted: " + e, e);
        }
    }

    /** {@return the line of {@code object}, exactly as long as {@code place}} */
    public static byte[] lineOf(byte[] object, Place place) {
        return Line.seal(object, place.length());
    }

    /** Deletes a segment of which nothing is needed any more. Not the one that is written. */
    public void drop(int segment) {
        Segment dropped = segments.get(segment);
        try {
            segments.remove(segment);
            readers.forget(segment);
            files.delete(dropped.file());
            files.forceFolder(folder);
        } catch (IOException e) {
            throw new StorageException("journal " + dropped.file() + " cannot be deleted: " + e, e);
        }
    }

    /** Writes and forces what was handed in, and lets go of the folder. Idempotent. */
    @Override
    public void close() {
        try {
            groups.whileNobodyWrites(this::closeFiles);
        } finally {
            flusher.end();
        }
    }

    private boolean recoverSegments(int fromSegment, int fromOffset, Visitor visitor) {
        try {
            AtomicFiles.removeLeftovers(files, folder);
            segments.find(files);
            if (!mayBegin(fromSegment, fromOffset)) {
                return false;
            }
            for (Segment segment : segments.inOrder()) {
                if (segment.number() >= fromSegment || !Recovery.skip(files, segment)) {
                    recover(segment, segment.number() == fromSegment ? fromOffset : 0, visitor);
                }
            }
            List<Segment> all = List.copyOf(segments.inOrder());
            List<Segment> last = all.subList(Math.max(0, all.size() - GroupWriter.MOST_UNFORCED), all.size());
            if (mark.isThere()) {
                writeAnew(last);
            }
            reserve.open();
            writer.goOnIn(last);
            return true;
        } catch (IOException e) {
            throw new StorageException("the store in " + folder + " cannot be read: " + e, e);
        }
    }

    private void recover(Segment segment, int from, Visitor visitor) throws IOException {
        boolean last = segment == segments.last();
        Recovery recovery = Recovery.read(files, segment, from, visitor);
        try {
            recovery.mend(last);
        } catch (IOException e) {
            if (!reserve.giveUpAll()) {
                throw e;
            }
            recovery.mend(last); // the disk may have been full
        }
        if (segment.length() == 0) {
            files.delete(segment.file()); // it had died before its first line was complete
            segments.remove(segment.number());
        }
    }

    /** What a failed force was about may be read, and not be on the disk; no other force of the same file puts it there. */
    private void writeAnew(List<Segment> last) throws IOException {
        for (Segment segment : last) {
            AtomicFiles.write(files, segment.file(), readers.read(segment, 0, segment.length()));
            readers.forget(segment.number());
        }
        mark.remove();
    }

    private boolean mayBegin(int number, int offset) throws IOException {
        if (number == 0) {
            return true;
        }
        if (offset < 1 || !segments.has(number)) {
            return false;
        }
        byte[] before = new byte[1];
        try (JournalFiles.OpenFile file = files.open(segments.get(number).file(), false)) {
            return offset <= file.length() && file.read(before, 0, 1, offset - 1) == 1 && before[0] == '\n';
        }
    }

    private void closeFiles() {
        if (closed) {
            return;
        }
        closed = true;
        try (folderLock;
                readers) {
            writer.close();
        } catch (IOException e) {
            throw new StorageException("journal in " + folder + " cannot be closed: " + e, e);
        }
    }

    /** For the thread that forces what nobody waits for, which must not end of it. */
    private void flush() {
        try {
            force();
        } catch (RuntimeException | Error e) {
            if (!closed && writer.broken() == null) { // otherwise its owner knows
                log.warn("what was written to {} could not be forced yet and is tried again", folder, e);
                flusher.written();
            }
        }
    }

    private void requireUsable() {
        if (closed) {
            throw new StorageException("the store in " + folder + " is closed");
        }
        @Nullable StorageException broken = writer.broken();
        if (broken != null) {
            throw new StorageException(String.valueOf(broken.getMessage()), broken);
        }
    }
}
