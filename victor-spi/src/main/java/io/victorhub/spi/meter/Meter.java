package io.victorhub.spi.meter;

import java.util.List;
import java.util.Objects;

/**
 * What is measured: the same name always has the same kind, unit and tags, as most systems that keep figures demand.
 *
 * @param name words with dots between them, such as {@code victor.tasks.submitted}
 * @param kind what can be done with it
 * @param unit what one of it is, such as {@code tasks}; timers are recorded in {@code nanoseconds}
 * @param tags the names of its tags, in the order in which their values are given; may be none
 * @param about what it tells, in one sentence
 * @since 0.1
 */
public record Meter(String name, Kind kind, String unit, List<String> tags, String about) {

    /** What can be done with a meter. */
    public enum Kind {
        /** It only rises. */
        COUNTER,
        /** It collects how long things took. */
        TIMER,
        /** It is asked how much there is now. */
        GAUGE
    }

    /** Copies the list. */
    public Meter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(unit, "unit");
        tags = List.copyOf(tags);
        Objects.requireNonNull(about, "about");
    }

    /**
     * Checks that a meter is used as what it is.
     *
     * @param as how it is used
     * @param values one for each tag
     * @throws IllegalArgumentException if it is of another kind, or has another number of tags
     */
    public void require(Kind as, String... values) {
        if (kind != as) {
            throw new IllegalArgumentException("meter " + name + " is a " + kind + " and cannot be used as a " + as);
        }
        if (values.length != tags.size()) {
            throw new IllegalArgumentException(
                    "meter " + name + " has the tags " + tags + " and was given " + values.length + " values");
        }
    }
}
