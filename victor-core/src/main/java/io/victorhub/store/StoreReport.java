package io.victorhub.store;

import io.victorhub.spi.store.StoreStats;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is in a store on disk.
 *
 * @param files the files of its journal, in order
 * @param entries how many log entries they hold
 * @param tasks how many tasks there are, by type and status, as the next opening will find them
 * @param bytesLost how many bytes are in no whole record
 * @since 0.1
 */
public record StoreReport(List<StoreFile> files, long entries, StoreStats tasks, long bytesLost) {

    /** Copies the list. */
    public StoreReport {
        files = List.copyOf(files);
    }

    /**
     * A file of the journal.
     *
     * @param file where it is
     * @param day the day whose records it has, in UTC
     * @param bytes how long it is
     * @param records how many whole records it has
     * @param entries how many log entries they hold
     * @param damage what of it is lost, in sentences that name bytes; empty for a sound file
     */
    public record StoreFile(Path file, LocalDate day, long bytes, int records, long entries, List<String> damage) {
        /** Copies the list. */
        public StoreFile {
            damage = List.copyOf(damage);
        }

        @Override
        public String toString() {
            String line = "%s  %s  %,d bytes  %,d records  %,d log entries"
                    .formatted(file.getFileName(), day, bytes, records, entries);
            return damage.isEmpty() ? line : line + "\n  " + String.join("\n  ", damage);
        }
    }

    /** {@return whether every file is sound; a record that a dying process left incomplete at the very end is no damage} */
    public boolean isSound() {
        return files.stream().allMatch(file -> file.damage().isEmpty());
    }

    @Override
    public String toString() {
        String counts = tasks.counts().stream()
                .map(count -> count.type() + " " + count.status() + " " + count.number())
                .sorted()
                .collect(Collectors.joining("\n  ", "tasks:\n  ", ""));
        return files.stream().map(StoreFile::toString).collect(Collectors.joining("\n")) + "\n"
                + (tasks.counts().isEmpty() ? "no tasks" : counts) + "\n" + entries + " log entries, "
                + (isSound() ? "sound" : bytesLost + " bytes are damaged");
    }
}
