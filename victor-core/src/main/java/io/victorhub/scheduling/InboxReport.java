package io.victorhub.scheduling;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one {@code queue.json}.
 *
 * @param file where it is kept now: in {@code imported/}, or in {@code rejected/} if it was no array of JSON
 * @param accepted how many tasks it brought
 * @param known how many of its entries have the id of a task that was there already; they did nothing
 * @param knownIds the first of those ids, at most {@link #MOST_IDS}
 * @param rejected how many of its entries are wrong
 * @param rejects the file that says what is wrong with them, or with the whole, and what to do
 * @param unreadable why it was put aside whole, if it was
 * @param at when this was done
 * @since 0.1
 */
public record InboxReport(
        Path file,
        int accepted,
        int known,
        List<String> knownIds,
        int rejected,
        Optional<Path> rejects,
        Optional<String> unreadable,
        Instant at) {

    /** How many known ids a report names at most. */
    public static final int MOST_IDS = 100;

    /** Copies the list and checks that nothing is missing. */
    public InboxReport {
        Objects.requireNonNull(file, "file");
        knownIds = List.copyOf(knownIds);
        Objects.requireNonNull(rejects, "rejects");
        Objects.requireNonNull(unreadable, "unreadable");
        Objects.requireNonNull(at, "at");
    }
}
