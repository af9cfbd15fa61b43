package io.victorhub.examples.benchmarks;

import java.nio.file.Path;
import java.util.Optional;

/** What a phase gets to know, and where it reports to. */
public interface Run {

    /** {@return a folder for this contestant in this round; empty at its first phase} */
    Path home();

    /** {@return how long and how much to measure} */
    Settings settings();

    /** {@return the URL of an empty database of its own, if there is a PostgreSQL server} */
    Optional<String> postgres();

    /**
     * Takes a figure in.
     *
     * @param what which of the contestant's rows; the empty name for the one without
     * @param value the figure, in the unit of its row
     */
    void report(String what, double value);

    /** Takes in the figure of the row without a name. */
    default void report(double value) {
        report("", value);
    }
}
