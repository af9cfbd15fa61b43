package io.victorhub.journal;

import io.victorhub.spi.meter.Meters;
import io.victorhub.spi.meter.VictorMeters;
import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes groups to the last segment, begins the next one when it is time, and forces them. */
final class GroupWriter implements Groups.Disk {

    /** What is written at once must leave a segment one that can be read. */
    static final int MOST_BYTES_AT_ONCE = 256 << 20;

    /** In so many segments at most, the last ones, is what is not forced yet. */
    static final int MOST_UNFORCED = 5;

    private final Path folder;
    private final JournalSettings settings;
    private final Segments segments;
    private final Reserve reserve;
    private final BrokenMark mark;
    private final Flusher flusher;
    private final Meters.Counter bytesWritten;
    private final Meters.Timer forceTime;
    private final ReentrantLock forcing = new ReentrantLock(); // whoever forces or closes files has it
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable StorageException broken;
    private volatile @Nullable SegmentWriter current;
    private boolean closed; // of whoever writes
    private final Queue<SegmentWriter> ended = new ConcurrentLinkedQueue<>(); // not forced since they ended
    private volatile Supplier<byte[]> preamble = () -> new byte[0];

    // of whoever writes
    private final List<Ticket> part = new ArrayList<>();
    private final Coalescer coalescer = new Coalescer();
    private IOException fullDisk = new IOException("the disk is full");

    GroupWriter(
            Path folder,
            JournalSettings settings,
            Segments segments,
            Reserve reserve,
            BrokenMark mark,
            Flusher flusher) {
        this.folder = folder;
        this.settings = settings;
        this.segments = segments;
        this.reserve = reserve;
        this.mark = mark;
        this.flusher = flusher;
        this.bytesWritten = settings.meters().counter(VictorMeters.JOURNAL_BYTES);
        this.forceTime = settings.meters().timer(VictorMeters.JOURNAL_FORCE);
    }

    /** From now on each new segment begins with the record that {@code first} gives. */
    void beginWith(Supplier<byte[]> first) {
        preamble = first;
    }

    /** Goes on behind the last of these, and forces them with what comes: whoever wrote them may have died before. */
    void goOnIn(List<Segment> last) throws IOException {
        for (Segment segment : last) {
            end();
            current = new SegmentWriter(settings.files(), segment);
        }
    }

    /** {@return what went wrong so that nothing more is taken} */
    @Nullable StorageException broken() {
        return broken;
    }

    @Override
    public void write(Ticket first) {
        long bytes = 0;
        try {
            for (@Nullable Ticket ticket = first; ticket != null; ticket = ticket.next) {
                if (!part.isEmpty() && bytes + ticket.bytes() > MOST_BYTES_AT_ONCE) {
                    writePart();
                    part.clear();
                    bytes = 0;
                }
                part.add(ticket);
                bytes += ticket.bytes();
            }
            writePart();
        } catch (RuntimeException | Error e) {
            failTheRest(first, e);
            throw e;
        } finally {
            part.clear();
        }
    }

    private void failTheRest(Ticket first, Throwable why) {
        StorageException failure = new StorageException("the store in " + folder + " could not write: " + why, why);
        for (@Nullable Ticket ticket = first; ticket != null; ticket = ticket.next) {
            if (!ticket.isWritten()) {
                ticket.fail(failure);
            }
        }
    }

    @Override
    public void force() {
        @Nullable StorageException before = broken;
        if (before != null) {
            throw before;
        }
        forcing.lock();
        try {
            long began = System.nanoTime();
            forceFiles();
            forceTime.record(System.nanoTime() - began);
        } catch (IOException | RuntimeException | Error e) {
            throw breakDown("failed to force what was written", e);
        } finally {
            forcing.unlock();
        }
    }

    @Override
    public void afterTurn() {
        @Nullable StorageException now = broken;
        if (now != null && !told.getAndSet(true)) {
            settings.onBroken().accept(now);
        }
    }

    /** Ends the current segment; the next record begins another. Called while nobody writes. */
    void end() {
        @Nullable SegmentWriter now = current;
        if (now != null) {
            now.endHere();
            ended.add(now);
            current = null; // in this order: whoever forces looks for the current one first
        }
    }

    /** Closes all files. Called while nobody writes. */
    void close() throws IOException {
        end();
        closed = true;
        forcing.lock();
        try {
            if (broken == null) {
                forceFiles();
            }
        } catch (IOException e) {
            throw breakDown("failed to force what was written", e);
        } finally {
            for (@Nullable SegmentWriter writer = ended.poll(); writer != null; writer = ended.poll()) {
                writer.close();
            }
            forcing.unlock();
        }
    }

    private void writePart() {
        if (reserve.isInUse()) {
            part.stream().filter(GroupWriter::isNew).forEach(ticket -> ticket.fail(cannotKeep(fullDisk)));
            part.removeIf(Ticket::isFailed);
        }
        try {
            writeTogether(part);
        } catch (IOException e) {
            if (part.size() == 1 && !part.get(0).useReserve) {
                part.get(0).fail(cannotKeep(e));
            } else {
                part.forEach(this::writeAlone);
            }
        }
    }

    /** One by one: some may fit, and some may use the reserve. */
    private void writeAlone(Ticket ticket) {
        do {
            try {
                writeTogether(List.of(ticket));
                return;
            } catch (IOException e) {
                fullDisk = e;
                if (broken != null || !ticket.useReserve || !reserve.giveUpSome()) {
                    ticket.fail(cannotKeep(e));
                    return;
                }
            }
        } while (true);
    }

    /** All of them or none. */
    private void writeTogether(List<Ticket> tickets) throws IOException {
        @Nullable StorageException before = broken;
        if (closed || before != null) {
            StorageException why =
                    before != null ? before : new StorageException("the store in " + folder + " is closed");
            tickets.forEach(ticket -> ticket.fail(why));
            return;
        }
        if (tickets.stream().allMatch(ticket -> ticket.bytes() == 0)) {
            tickets.forEach(ticket -> ticket.writtenAt(0, 0)); // only to be forced
            return;
        }
        SegmentWriter writer = writer();
        int begin = writer.end();
        try {
            coalescer.write(tickets, writer);
        } catch (IOException | RuntimeException | Error e) {
            takeBack(writer, e);
            throw e;
        }
        writer.tell();
        bytesWritten.add(writer.end() - begin);
        boolean soon = false;
        for (Ticket ticket : tickets) {
            int bytes = ticket.bytes();
            ticket.writtenAt(writer.segment().number(), begin);
            begin += bytes;
            soon |= ticket.force == Force.SOON;
        }
        if (soon) {
            flusher.written();
        }
    }

    private void takeBack(SegmentWriter writer, Throwable why) {
        try {
            writer.takeBack();
        } catch (IOException | RuntimeException | Error e) {
            e.addSuppressed(why);
            breakDown("could not take back what it failed to write", e);
        }
    }

    private SegmentWriter writer() throws IOException {
        @Nullable SegmentWriter now = current;
        LocalDate today = LocalDate.ofInstant(settings.clock().instant(), settings.zone());
        if (now != null
                && now.end() < settings.segmentBytes()
                && now.segment().day().equals(today)) {
            return now;
        }
        Segment segment = segments.next(today);
        SegmentWriter fresh = SegmentWriter.begin(settings.files(), segment, preamble.get());
        end();
        if (ended.size() >= MOST_UNFORCED - 1) {
            force();
        }
        segments.add(segment);
        current = fresh;
        return fresh;
    }

    private void forceFiles() throws IOException {
        @Nullable SegmentWriter now = current; // before those that ended: it may become one of them at any moment
        for (@Nullable SegmentWriter writer = ended.peek(); writer != null; writer = ended.peek()) {
            writer.force();
            writer.close();
            ended.remove();
            now = writer == now ? null : now;
        }
        if (now != null) {
            now.force();
        }
    }

    private static boolean isNew(Ticket ticket) {
        return !ticket.useReserve && ticket.bytes() > 0;
    }

    private StorageException breakDown(String what, Throwable why) {
        StorageException fatal = new StorageException(
                "the disk under the store in " + folder + " " + what + ": " + why.getMessage()
                        + "; nothing more is taken until the hub is opened again (what was acknowledged is safe)",
                why);
        broken = fatal;
        mark.leave();
        return fatal;
    }

    private StorageException cannotKeep(IOException why) {
        return new StorageException(
                "the store in " + folder + " cannot keep more: " + why.getMessage()
                        + "; make room on the disk or mend it (what was acknowledged is safe)",
                why);
    }
}
