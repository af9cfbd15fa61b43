package io.victorhub.store;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads tasks: a moment of the table under the lock, then what they carry without it. */
final class TaskReader {

    private static final int LOOK_AT_ONCE = 1000;

    /** What the table said of a task at one moment. */
    private record Seen(
            String id,
            String type,
            long sequence,
            TaskStatus status,
            int attempts,
            int round,
            Instant submittedAt,
            Instant readyAt,
            @Nullable Instant settledAt,
            boolean cancelRequested,
            @Nullable Progress progress,
            Ref submission,
            @Nullable Ref last) {

        static Seen of(QueuedTask task) {
            return new Seen(
                    task.id,
                    task.type,
                    task.sequence,
                    task.status,
                    task.attempts,
                    task.round,
                    task.submittedAt,
                    task.readyAt,
                    task.settledAt,
                    task.cancelRequested,
                    task.progress,
                    task.submission,
                    task.last);
        }
    }

    private final Ledger ledger;

    TaskReader(Ledger ledger) {
        this.ledger = ledger;
    }

    Optional<TaskState> find(String id) {
        Optional<Seen> seen = ledger.look(() -> {
            ledger.table.promote(ledger.clock.instant());
            return Optional.ofNullable(ledger.table.get(id)).map(Seen::of);
        });
        return seen.map(this::state);
    }

    TaskPage tasks(TaskQuery query) {
        long after = query.after().map(TaskReader::sequence).orElse(0L);
        List<TaskState> page = new ArrayList<>();
        while (true) {
            List<Seen> some = look(after);
            for (Seen seen : some) {
                if (page.size() == query.max()) {
                    return new TaskPage(page, Optional.of(Long.toString(after)));
                }
                after = seen.sequence();
                if (isWanted(seen, query)) {
                    TaskState state = state(seen);
                    if (hasText(state, query.text())) {
                        page.add(state);
                    }
                }
            }
            if (some.isEmpty()) {
                return new TaskPage(page, Optional.empty());
            }
        }
    }

    /** A few at a time, so that nobody waits for a long list. */
    private List<Seen> look(long after) {
        return ledger.look(() -> {
            ledger.table.promote(ledger.clock.instant());
            return ledger.table.after(after).values().stream()
                    .limit(LOOK_AT_ONCE)
                    .map(Seen::of)
                    .toList();
        });
    }

    private static boolean isWanted(Seen seen, TaskQuery query) {
        return (query.statuses().isEmpty() || query.statuses().contains(seen.status()))
                && (query.types().isEmpty() || query.types().contains(seen.type()));
    }

    private static boolean hasText(TaskState state, String text) {
        String part = text.toLowerCase(Locale.ROOT);
        return part.isEmpty()
                || state.id().toLowerCase(Locale.ROOT).contains(part)
                || state.submission()
                        .map(submission -> submission.task().description().toLowerCase(Locale.ROOT))
                        .filter(description -> description.contains(part))
                        .isPresent();
    }

    private TaskState state(Seen seen) {
        Submission submission = ledger.recorder.submission(seen.submission());
        Optional<LogEntry> last = Optional.ofNullable(seen.last()).map(ledger.recorder::entry);
        return new TaskState(
                seen.id(),
                seen.type(),
                seen.status(),
                seen.attempts(),
                seen.round(),
                seen.submittedAt(),
                seen.readyAt(),
                Optional.ofNullable(seen.settledAt()),
                seen.cancelRequested(),
                Optional.ofNullable(seen.progress()),
                Optional.of(submission),
                last);
    }

    private static long sequence(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + cursor + "' is no cursor of this store; take it from TaskPage.next()", e);
        }
    }
}
