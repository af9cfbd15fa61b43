package io.victorhub.store.known;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.victorhub.spi.store.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/** Whatever happens, it answers as a map in memory does, once its owner has added again what is not covered. */
class KnownIdsProperties {

    enum What {
        ADD,
        ADD_AGAIN,
        COVER,
        FLUSH,
        WORK,
        DROP,
        CLEAR,
        CRASH,
        CRASH_WHILE_WORKING,
        CRASH_WHILE_CLEARING,
        FULL_DISK,
        CLOSE
    }

    /** @param number how many, how far, or when; as the step sees fit */
    record Step(What what, int number) {}

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.victorhub.store.known");

    @BeforeContainer
    static void beQuiet() {
        LOGGER.setLevel(Level.ERROR);
    }

    @AfterContainer
    static void beQuietNoMore() {
        LOGGER.setLevel(null);
    }

    @Property(tries = 100)
    void answersAsAMapDoesWhateverHappens(@ForAll @Size(min = 1, max = 60) List<@From("steps") Step> steps)
            throws IOException {
        Path folder = Files.createTempDirectory("known");
        try (Owner owner = new Owner(folder)) {
            for (Step step : steps) {
                take(step, owner);
                owner.requireTruth();
            }
        } finally {
            remove(folder);
        }
    }

    @Provide
    Arbitrary<Step> steps() {
        Arbitrary<What> what = Arbitraries.frequency(
                Tuple.of(12, What.ADD),
                Tuple.of(2, What.ADD_AGAIN),
                Tuple.of(3, What.COVER),
                Tuple.of(4, What.FLUSH),
                Tuple.of(6, What.WORK),
                Tuple.of(2, What.DROP),
                Tuple.of(1, What.CLEAR),
                Tuple.of(2, What.CRASH),
                Tuple.of(4, What.CRASH_WHILE_WORKING),
                Tuple.of(1, What.CRASH_WHILE_CLEARING),
                Tuple.of(2, What.FULL_DISK),
                Tuple.of(2, What.CLOSE));
        return Combinators.combine(what, Arbitraries.integers().between(0, 30)).as(Step::new);
    }

    private static void take(Step step, Owner owner) {
        int number = step.number();
        switch (step.what()) {
            case ADD -> owner.add(number);
            case ADD_AGAIN -> owner.addAgain(number);
            case COVER -> owner.cover();
            case FLUSH -> owner.known.flush();
            case WORK -> owner.background.runAll();
            case DROP -> owner.drop(number);
            case CLEAR -> {
                owner.known.clear();
                owner.replay();
            }
            case CRASH -> owner.crash();
            case CRASH_WHILE_WORKING -> {
                owner.disk.dieAfter(number);
                tryToFlush(owner);
                owner.background.runAll();
                owner.crash();
            }
            case CRASH_WHILE_CLEARING -> {
                owner.disk.dieAfter(number / 4);
                try {
                    owner.known.clear();
                } catch (StorageException e) {
                    assertThat(e).hasMessageContaining("cannot be removed");
                }
                owner.crash();
            }
            case FULL_DISK -> {
                owner.disk.fail(Disk.Step.WRITE);
                tryToFlush(owner);
                owner.background.runAll();
                owner.requireTruth();
                owner.disk.work();
            }
            case CLOSE -> owner.reopen();
        }
    }

    private static void tryToFlush(Owner owner) {
        try {
            owner.known.flush();
        } catch (StorageException e) {
            assertThat(e).hasMessageContaining("cannot be written");
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
