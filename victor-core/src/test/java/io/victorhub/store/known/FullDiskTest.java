package io.victorhub.store.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Files that cannot be written: all is found in memory, and written once that can be done. */
class FullDiskTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.victorhub.store.known");
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
    private final HandExecutor background = new HandExecutor();
    private final FaultyDisk disk = new FaultyDisk();

    @TempDir
    private Path folder;

    private KnownIds known;

    @BeforeEach
    void open() {
        warnings.start();
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        logger.addAppender(warnings);
        known = KnownIds.open(folder, background, new KnownIds.Limits(10, 2), disk);
    }

    @AfterEach
    void close() {
        disk.work();
        known.close();
        logger.detachAppender(warnings);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource(
            value = Disk.Step.class,
            names = {"CREATE", "WRITE", "FORCE", "RENAME"})
    void keepsInMemoryWhatCannotBeWrittenAndTriesAgainLater(Disk.Step step) throws IOException {
        addRange(0, 25);
        disk.fail(step);
        background.runAll();
        addRange(25, 55);
        background.runAll();

        assertThat(known.runs()).isZero();
        assertThat(known.covered()).isZero();
        assertThat(known.isBehind()).isTrue();
        known.awaitRoom(); // waiting would not help
        requireRange(0, 55);
        assertThat(warnings.list.stream().map(ILoggingEvent::getFormattedMessage))
                .containsExactly("the known ids in " + folder + " cannot be written: java.io.IOException: no " + step
                        + " today; make room on the disk or mend it (nothing is lost, they are kept in memory); "
                        + "it is tried again with the next ones");

        disk.work();
        addRange(55, 60);
        background.runAll();
        assertThat(known.isBehind()).isFalse();
        assertThat(known.covered()).isEqualTo(59);
        requireRange(0, 60);
        assertThat(temporaries()).isEmpty();
    }

    @Test
    void saysThatItCannotBeFlushed() {
        addRange(0, 5);
        disk.fail(Disk.Step.WRITE);

        assertThatThrownBy(known::flush)
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("the known ids in " + folder + " cannot be written: ");
        requireRange(0, 5);

        disk.work();
        known.flush();
        assertThat(known.covered()).isEqualTo(5);
        requireRange(0, 5);
    }

    @Test
    void staysWithTheOldRunsWhereAMergeCannotBeWritten() {
        for (int i = 0; i < 3; i++) {
            addRange(i * 9, i * 9 + 9);
            known.flush();
        }
        disk.fail(Disk.Step.FORCE);
        background.runAll();

        assertThat(known.runs()).isEqualTo(3);
        requireRange(0, 27);

        disk.work();
        known.flush();
        background.runAll();
        assertThat(known.runs()).isEqualTo(1);
        requireRange(0, 27);
    }

    @Test
    void removesWhenOpenedNextWhatItCouldNotDelete() throws IOException {
        for (int i = 0; i < 3; i++) {
            addRange(i * 9, i * 9 + 9);
            known.flush();
        }
        disk.fail(Disk.Step.DELETE);
        background.runAll();
        assertThat(known.runs()).isEqualTo(1);
        assertThat(files()).hasSize(4);

        close();
        open();
        assertThat(files()).hasSize(1);
        assertThat(known.covered()).isEqualTo(27);
        requireRange(0, 27);
    }

    @Test
    void saysThatItCannotBeCleared() {
        addRange(0, 5);
        known.flush();
        disk.fail(Disk.Step.DELETE);

        assertThatThrownBy(known::clear)
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("the known ids in " + folder + " cannot be removed: ");
    }

    @Test
    void closesThoughItCannotWrite() {
        addRange(0, 5);
        disk.fail(Disk.Step.WRITE);
        known.close();

        assertThat(warnings.list).hasSize(1);
        disk.work();
        open();
        assertThat(known.covered()).isZero();
    }

    private void addRange(int from, int to) {
        for (int id = from; id < to; id++) {
            known.add(id, id);
            known.cover(id + 1);
        }
    }

    private void requireRange(int from, int to) {
        for (int id = from; id < to; id++) {
            assertThat(known.find(id, place -> true)).isEqualTo(id);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private List<Path> temporaries() throws IOException {
        return files().stream().filter(file -> file.toString().endsWith(".tmp")).toList();
    }
}
