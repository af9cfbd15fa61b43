package io.victorhub.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a journal needs of a file system. The only one in use is {@link #real}; tests put one under the journal that
 * fails as disks do. For any number of threads.
 */
public interface JournalFiles {

    /** An open file. One thread at a time uses it, but for {@link #force}, which may run beside anything else. */
    interface OpenFile extends Closeable {
        /** {@return how many bytes it has} */
        long length() throws IOException;

        /** Reads up to {@code length} bytes from a position on, and says how many; fewer only where the file ends. */
        int read(byte[] into, int start, int length, long position) throws IOException;

        /** Writes all of the bytes at a position; some may have been written if it fails. */
        void write(byte[] from, int start, int length, long position) throws IOException;

        /** Shortens it. */
        void truncate(long length) throws IOException;

        /** Returns when all that was written before the call is on the disk. An interrupt does not disturb it. */
        void force() throws IOException;
    }

    /** {@return the files of the system} */
    static JournalFiles real() {
        return RealFiles.INSTANCE;
    }

    /** Makes a folder, and those above it, where need be. */
    void makeFolder(Path folder) throws IOException;

    /**
     * Takes a folder for this owner alone, until what it returns is closed.
     *
     * @param what what the folder is, for the message
     */
    Closeable lock(Path folder, String what) throws IOException;

    /** {@return the names of what is in a folder} */
    List<String> list(Path folder) throws IOException;

    /** Opens a file; one that is to be written is made if need be. */
    OpenFile open(Path file, boolean writable) throws IOException;

    /** Gives a file another name of the same folder, at once, in place of one that has it. */
    void move(Path file, Path to) throws IOException;

    /** Deletes a file if it is there. */
    void delete(Path file) throws IOException;

    /** Makes the names in a folder durable, where the system can. */
    void forceFolder(Path folder) throws IOException;
}
