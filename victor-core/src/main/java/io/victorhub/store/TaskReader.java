package io.victorhub.store;

import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads tasks: a moment of the table under the lock, then what they carry without it. */
final class TaskReader {

    private static final Logger log = LoggerFactory.getLogger(TaskReader.class);
    private static final int LOOK_AT_ONCE = 1000;
    private static final Set<TaskStatus> ARCHIVED =
            EnumSet.of(TaskStatus.DONE, TaskStatus.CANCELLED, TaskStatus.EXPIRED);

    /** What the store said of a task at one moment. */
    private record Seen(
            long sequence,
            String type,
            TaskStatus status,
            int attempts,
            int round,
            Instant readyAt,
            @Nullable Instant settledAt,
            boolean cancelRequested,
            @Nullable Progress progress,
            long place,
            long last) {

        static Seen of(QueuedTask task) {
            return new Seen(
                    task.sequence,
                    task.type(),
                    task.status(),
                    task.attempts(),
                    task.round(),
                    task.readyAt(),
                    task.settledAt(),
                    task.cancelRequested(),
                    task.status() == TaskStatus.RUNNING ? task.progress() : null,
                    task.place(),
                    task.last());
        }

        static Seen of(SettledTask task) {
            return new Seen(
                    task.sequence(),
                    task.type(),
                    task.status(),
                    task.attempts(),
                    task.round(),
                    task.readyAt(),
                    task.settledAt(),
                    task.cancelRequested(),
                    null,
                    task.place(),
                    task.last());
        }
    }

    private final Ledger ledger;

    TaskReader(Ledger ledger) {
        this.ledger = ledger;
    }

    Optional<TaskState> find(String id) {
        Optional<Seen> seen = ledger.look(() -> {
            ledger.table.promote(ledger.clock.instant());
            QueuedTask task = ledger.find(id);
            if (task != null) {
                return Optional.of(Seen.of(task));
            }
            return Optional.ofNullable(ledger.archive.find(id, ledger.task(id))).map(Seen::of);
        });
        return seen.map(one -> state(one, id, kept(one)));
    }

    /** {@return what the log says of a task, each entry found by the one behind it} */
    List<LogEntry> entries(String id, int max) {
        Deque<LogEntry> all = new ArrayDeque<>();
        for (long place = last(id); place != Where.NOWHERE && all.size() < max; ) {
            long from = place;
            Recorder.Told told = read(() -> ledger.recorder.told(from)).orElse(null);
            if (told == null) {
                break;
            }
            for (int i = told.entries().size() - 1; i >= 0 && all.size() < max; i--) {
                all.addFirst(told.entries().get(i));
            }
            place = told.before() < from ? told.before() : Where.NOWHERE;
        }
        return List.copyOf(all);
    }

    private long last(String id) {
        return ledger.look(() -> {
            QueuedTask task = ledger.find(id);
            if (task != null) {
                return task.last();
            }
            SettledTask settled = ledger.archive.find(id, ledger.task(id));
            return settled == null ? Where.NOWHERE : settled.last();
        });
    }

    TaskPage tasks(TaskQuery query) {
        long after = query.after().map(TaskReader::sequence).orElse(0L);
        List<TaskState> page = new ArrayList<>();
        while (true) {
            Collection<Seen> some = look(after, query.statuses());
            for (Seen seen : some) {
                if (page.size() == query.max()) {
                    return new TaskPage(page, Optional.of(Long.toString(after)));
                }
                after = seen.sequence();
                if (isWanted(seen, query)) {
                    state(seen, query).ifPresent(page::add);
                }
            }
            if (some.isEmpty()) {
                return new TaskPage(page, Optional.empty());
            }
        }
    }

    /** The next tasks in the order of their numbers, a few at a time, so that nobody waits for a long list. */
    private Collection<Seen> look(long after, Set<TaskStatus> statuses) {
        List<Seen> live = ledger.look(() -> {
            ledger.table.promote(ledger.clock.instant());
            List<Seen> some = new ArrayList<>();
            for (long next = ledger.table.rows.next(after + 1); next >= 0 && some.size() < LOOK_AT_ONCE; ) {
                next = ledger.table.rows.forBlock(
                        next, sequence -> some.add(Seen.of(new QueuedTask(ledger.table, sequence))));
            }
            return some;
        });
        if (!statuses.isEmpty() && statuses.stream().noneMatch(ARCHIVED::contains)) {
            return live;
        }
        long until = live.isEmpty() ? Long.MAX_VALUE : live.get(live.size() - 1).sequence();
        List<SettledTask> settled = ledger.archive.list(after, until, LOOK_AT_ONCE);
        long horizon =
                settled.isEmpty() ? until : settled.get(settled.size() - 1).sequence();
        TreeMap<Long, Seen> merged = new TreeMap<>();
        live.forEach(seen -> merged.put(seen.sequence(), seen));
        settled.forEach(task -> merged.put(task.sequence(), Seen.of(task))); // it was settled after the look
        return merged.headMap(horizon, true).values();
    }

    private static boolean isWanted(Seen seen, TaskQuery query) {
        return (query.statuses().isEmpty() || query.statuses().contains(seen.status()))
                && (query.types().isEmpty() || query.types().contains(seen.type()))
                && isSettledIn(seen, query.settled());
    }

    private static boolean isSettledIn(Seen seen, TaskQuery.Period period) {
        return period.equals(TaskQuery.Period.ALWAYS) || seen.settledAt() != null && period.contains(seen.settledAt());
    }

    /** The rest of a query is told by what is kept of a task: read only as far as need be. */
    private Optional<TaskState> state(Seen seen, TaskQuery query) {
        Optional<Recorder.Kept> kept = kept(seen);
        if (!query.submitted().contains(submittedAt(seen, kept))) {
            return Optional.empty();
        }
        boolean bare = kept.isEmpty(); // then its last entry tells its id
        if (!bare && !hasText(kept.get().submission().task(), query.text())) {
            return Optional.empty();
        }
        TaskState state = state(seen, "", kept);
        return (!bare || contains(state.id(), query.text())) && hasSkill(state, query.skill())
                ? Optional.of(state)
                : Optional.empty();
    }

    private static boolean hasText(Task task, String text) {
        return contains(task.id(), text) || contains(task.description(), text);
    }

    private static boolean contains(String whole, String text) {
        return text.isEmpty() || whole.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    private static boolean hasSkill(TaskState state, String skill) {
        return skill.isEmpty()
                || state.last().orElse(null) instanceof Execution execution
                        && execution
                                .skill()
                                .filter(one -> one.name().equals(skill))
                                .isPresent();
    }

    private Optional<Recorder.Kept> kept(Seen seen) {
        return read(() -> ledger.recorder.submission(seen.place()));
    }

    private static Instant submittedAt(Seen seen, Optional<Recorder.Kept> kept) {
        return kept.map(Recorder.Kept::at).orElseGet(() -> seen.settledAt() == null ? Instant.EPOCH : seen.settledAt());
    }

    private TaskState state(Seen seen, String id, Optional<Recorder.Kept> kept) {
        Optional<Submission> submission = kept.map(Recorder.Kept::submission);
        Optional<LogEntry> last =
                seen.last() == Where.NOWHERE ? Optional.empty() : read(() -> ledger.recorder.entry(seen.last()));
        return new TaskState(
                submission
                        .map(one -> one.task().id())
                        .or(() -> last.map(LogEntry::taskId))
                        .orElse(id),
                seen.type(),
                seen.status(),
                seen.attempts(),
                seen.round(),
                submittedAt(seen, kept),
                seen.readyAt(),
                Optional.ofNullable(seen.settledAt()),
                seen.cancelRequested(),
                Optional.ofNullable(seen.progress()),
                submission,
                last);
    }

    private interface Reading<T> {
        T read();
    }

    /** What is no longer kept, or cannot be read, is not there. */
    private static <T> Optional<T> read(Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (StorageException e) {
            log.debug("a record of a task is no longer there", e);
            return Optional.empty();
        }
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
