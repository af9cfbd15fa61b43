package io.victorhub.store.known;

import io.victorhub.journal.AtomicFiles;
import io.victorhub.spi.store.StorageException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of runs. Each names the first and the last run that went into it, so that a file that is missing is noticed,
 * and one that a merge has replaced is known as such.
 */
final class RunFolder {

    private record Found(Path file, RunHeader header) {}

    private static final Logger log = LoggerFactory.getLogger(RunFolder.class);
    private static final String RUNS = "known-*.run";

    private final Path path;
    private final Disk disk;

    RunFolder(Path path, Disk disk) {
        this.path = path;
        this.disk = disk;
    }

    Path path() {
        return path;
    }

    Disk disk() {
        return disk;
    }

    Path file(RunHeader header) {
        return path.resolve("known-%d-%d-%08x.run".formatted(header.first(), header.last(), header.stamp()));
    }

    /** {@return the note that a run was found damaged} */
    static Path mark(Path file) {
        return file.resolveSibling(file.getFileName() + ".mark");
    }

    /** {@return the runs that follow on each other, from the first one on} All others are removed. */
    Run[] open() {
        try {
            Files.createDirectories(path);
            for (Path leftover : list(".*.tmp")) {
                delete(leftover);
            }
            return chain(found());
        } catch (IOException e) {
            throw new StorageException(
                    "the known ids in " + path + " cannot be opened: " + e + "; make the folder and its files readable "
                            + "and writable for this process, or remove the folder, which is then made anew",
                    e);
        }
    }

    /** Removes whatever is still there. */
    void requireEmpty() {
        try {
            for (Path file : list(RUNS)) {
                delete(file);
            }
            AtomicFiles.forceFolder(path);
        } catch (IOException e) {
            throw new StorageException(
                    "the known ids in " + path + " cannot be removed: " + e + "; close the hub and remove the folder",
                    e);
        }
    }

    void delete(Path file) throws IOException {
        disk.before(Disk.Step.DELETE, file);
        Files.deleteIfExists(file);
    }

    private List<Found> found() throws IOException {
        List<Found> found = new ArrayList<>();
        for (Path file : list(RUNS)) {
            try {
                if (Files.exists(mark(file))) {
                    throw new Damage(note(mark(file)));
                }
                found.add(new Found(file, header(file)));
            } catch (Damage e) {
                setAside(file, e);
            }
        }
        for (Path mark : list(RUNS + ".mark")) {
            delete(mark);
        }
        return found;
    }

    /** Not over a channel: an interrupt would close it. */
    private static String note(Path mark) throws IOException {
        try (InputStream in = new FileInputStream(mark.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private RunHeader header(Path path) throws IOException {
        RunFile file = new RunFile(path, disk);
        try {
            byte[] bytes = new byte[RunHeader.BYTES];
            file.read(0, bytes, bytes.length);
            return RunHeader.decode(bytes, path);
        } finally {
            file.close();
        }
    }

    private Run[] chain(List<Found> found) throws IOException {
        List<Run> chain = new ArrayList<>();
        long number = 0;
        long position = 0;
        for (Optional<Found> next = next(found, number, position);
                next.isPresent();
                next = next(found, number, position)) {
            found.remove(next.get());
            RunHeader header = next.get().header();
            try {
                chain.add(Run.open(header, next.get().file(), this));
                number = header.last();
                position = header.to();
            } catch (Damage e) {
                setAside(next.get().file(), e);
            }
        }
        remove(found, number, position);
        return chain.toArray(Run[]::new);
    }

    /** {@return the run that goes furthest of those that follow on run {@code number}} */
    private static Optional<Found> next(List<Found> found, long number, long position) {
        return found.stream()
                .filter(one ->
                        one.header().first() == number + 1 && one.header().from() == position)
                .max(Comparator.comparingLong(one -> one.header().last()));
    }

    private void remove(List<Found> rest, long number, long position) throws IOException {
        long behind = rest.stream().filter(one -> one.header().last() > number).count();
        if (behind > 0) {
            log.warn(
                    "known ids in {}: {} files are not used, because one before them is damaged or missing; what is behind position {} is read from the journal again",
                    path,
                    behind,
                    position);
        }
        for (Found one : rest) {
            delete(one.file());
        }
        if (!rest.isEmpty()) {
            AtomicFiles.forceFolder(path);
        }
    }

    private void setAside(Path file, Damage damage) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        disk.before(Disk.Step.RENAME, aside);
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        AtomicFiles.forceFolder(path);
        log.warn(
                "{}; it is set aside as {}, and what was in it is read from the journal again; check the disk",
                damage.getMessage(),
                aside.getFileName());
    }

    private List<Path> list(String pattern) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, pattern)) {
            stream.forEach(files::add);
        }
        return files;
    }
}
