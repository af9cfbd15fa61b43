package io.victorhub.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes at the end of one segment. Used by one thread at a time. Not over a channel: the thread of a skill may be the
 * one that writes, and an interrupt would close the channel under everybody.
 */
final class SegmentWriter {

    private final int number;
    private final RandomAccessFile file;
    private int length;

    SegmentWriter(Path folder, int number, int length) throws IOException {
        this.number = number;
        this.file = new RandomAccessFile(Segment.file(folder, number).toFile(), "rw");
        this.length = length;
    }

    /** Begins a segment: it is on disk, with its name, before the first record goes into it. */
    static SegmentWriter begin(Path folder, int number, byte[] preamble) throws IOException {
        Path path = Segment.file(folder, number);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(Line.seal(Segment.header(number)));
        if (preamble.length > 0) {
            head.writeBytes(Line.seal(preamble));
        }
        try {
            AtomicFiles.writeAndForce(path, head.toByteArray());
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
        AtomicFiles.forceFolder(folder);
        return new SegmentWriter(folder, number, head.size());
    }

    int length() {
        return length;
    }

    /** Writes all or nothing. */
    void write(List<Ticket> batch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Ticket ticket : batch) {
            bytes.write(ticket.lines.buffer(), 0, ticket.lines.bytes());
        }
        try {
            file.seek(length);
            file.write(bytes.toByteArray());
        } catch (IOException | RuntimeException | Error e) {
            file.setLength(length);
            throw e;
        }
        for (Ticket ticket : batch) {
            ticket.segment = number;
            ticket.offset = length;
            length += ticket.lines.bytes();
        }
    }

    void force() throws IOException {
        file.getFD().sync();
    }

    void close() throws IOException {
        file.close();
    }
}
