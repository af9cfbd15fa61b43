package io.victorhub.examples.benchmarks.limits;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of records as large as a task's: one that grows, or one that has its size already and is written over. For one
 * thread at a time.
 */
public final class RecordFile implements Closeable {

    /** How large a record is: 200 bytes of payload, and what a journal adds. */
    public static final int RECORD_BYTES = 270;

    private static final int ALLOCATED_BYTES = 64 << 20;

    private final FileChannel channel;
    private final long size; // 0: it grows

    /** Makes a file that grows, in a folder that is there. */
    public RecordFile(Path folder) throws IOException {
        this(folder, 0);
    }

    private RecordFile(Path folder, long size) throws IOException {
        channel = FileChannel.open(folder.resolve("records"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.size = size;
    }

    /** {@return a file that was filled with zeros before, so that a force need not keep a new size} */
    static RecordFile allocated(Path folder) throws IOException {
        RecordFile file = new RecordFile(folder, ALLOCATED_BYTES);
        file.channel.write(ByteBuffer.allocateDirect(ALLOCATED_BYTES));
        file.channel.force(true);
        file.channel.position(0);
        return file;
    }

    /** Writes what is left in the buffer, and forces it to disk. */
    public void commit(ByteBuffer bytes) throws IOException {
        if (size > 0 && channel.position() + bytes.remaining() > size) {
            channel.position(0);
        }
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    /** {@return how long it takes to write one record and force it, in nanoseconds} */
    public long nanos(ByteBuffer oneRecord) throws IOException {
        long begin = System.nanoTime();
        commit(oneRecord.rewind());
        return System.nanoTime() - begin;
    }

    /** {@return a buffer full of so many records} */
    public static ByteBuffer records(int number) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(number * RECORD_BYTES);
        while (bytes.hasRemaining()) {
            bytes.put((byte) 'r');
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
