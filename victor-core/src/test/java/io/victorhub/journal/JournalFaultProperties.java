package io.victorhub.journal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/** What holds on every disk, whatever happens to it. */
class JournalFaultProperties {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.victorhub.journal");

    @BeforeContainer
    static void beQuiet() {
        LOGGER.setLevel(Level.ERROR);
    }

    @AfterContainer
    static void beQuietNoMore() {
        LOGGER.setLevel(null);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
    void whatWasAcknowledgedIsThereAndWhatFailedIsNot(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int events) {
        tell(seed, events);
    }

    @Tag("long")
    @Property(tries = 5_000, shrinking = ShrinkingMode.BOUNDED)
    void whatWasAcknowledgedIsThereAndWhatFailedIsNotInManyHistories(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int events) {
        tell(seed, events);
    }

    private static void tell(long seed, int events) {
        JournalHistory history = new JournalHistory(seed);
        for (int i = 0; i < events; i++) {
            history.next();
        }
        history.end();
    }
}
