package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Reads a journal that nobody has open, as it is: nothing is mended. */
public final class JournalCheck {

    /**
     * A range of a file that holds no whole record.
     *
     * @param offset where it begins
     * @param bytes how long it is
     * @param recordsBefore how many whole records of the file come before it
     * @param torn whether it is the end of the last file, as a process leaves it that dies while it writes
     */
    public record Damage(long offset, long bytes, int recordsBefore, boolean torn) {}

    /**
     * A file of the journal.
     *
     * @param file where it is
     * @param number its number
     * @param day the day whose records it has
     * @param bytes how much of it is written
     * @param records how many whole records it has
     * @param damaged what of it is no whole record
     */
    public record CheckedFile(Path file, int number, LocalDate day, long bytes, int records, List<Damage> damaged) {

        /** Copies the list. */
        public CheckedFile {
            damaged = List.copyOf(damaged);
        }
    }

    private JournalCheck() {}

    /**
     * Reads all files in order.
     *
     * @param visitor gets every whole record
     * @throws StorageException if the folder cannot be read, or a process has it open
     */
    public static List<CheckedFile> read(Path folder, Journal.Visitor visitor) {
        JournalFiles files = JournalFiles.real();
        try (Closeable lock = files.lock(folder, "the store in")) {
            Segments segments = new Segments(folder);
            segments.find(files);
            List<CheckedFile> checked = new ArrayList<>();
            for (Segment segment : segments.inOrder()) {
                checked.add(Recovery.read(files, segment, 0, visitor).checked(segment == segments.last()));
            }
            return checked;
        } catch (IOException e) {
            throw new StorageException("the store in " + folder + " cannot be read: " + e, e);
        }
    }
}
