package io.victorhub.history;

import io.victorhub.spi.Imported;
import java.util.List;
import java.util.Objects;

/**
 * What was read from a {@code patterns.json}.
 *
 * @param entries the good ones, in the file's order, to be appended to a log
 * @param problems what is wrong with the others; they are left out
 * @param notes what was read otherwise than it stands there, such as a skill that has no valid name
 * @since 0.1
 */
public record PatternsImport(List<Imported> entries, List<Problem> problems, List<String> notes) {

    /** Copies the lists. */
    public PatternsImport {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * Why an entry was left out.
     *
     * @param index which entry, from 0
     * @param field the field that is wrong; empty where the entry is no object
     * @param value what stands there, shortened
     * @param remedy what it must be
     */
    public record Problem(int index, String field, String value, String remedy) {

        /** Checks that nothing is missing. */
        public Problem {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(remedy, "remedy");
        }

        /** {@return the problem in one sentence} */
        public String message() {
            return field.isEmpty()
                    ? "entry " + index + " is " + value + "; " + remedy
                    : "entry " + index + ": '" + field + "' is " + value + "; " + remedy;
        }
    }
}
