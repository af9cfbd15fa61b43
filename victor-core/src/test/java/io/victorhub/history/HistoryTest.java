package io.victorhub.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Rating;
import io.victorhub.spi.Result;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private final ListLog log = new ListLog(2);
    private final History history = History.of(log);

    @Test
    void walksThroughTheLogInItsOrder() {
        List<LogEntry> entries = List.of(attempt("a", 1), attempt("b", 1), attempt("a", 2), rating("a"), closed("c"));
        log.append(entries);

        assertThat(history.from(Position.START))
                .extracting(LogPage.Logged::entry)
                .containsExactlyElementsOf(entries);
    }

    @Test
    void readsOnFromAPosition() {
        log.append(List.of(attempt("a", 1), attempt("b", 1), attempt("c", 1)));
        Position behindFirst = history.from(Position.START).iterator().next().position();

        assertThat(history.from(behindFirst))
                .extracting(logged -> logged.entry().taskId())
                .containsExactly("b", "c");
    }

    @Test
    void readsNoPageBeforeItIsNeeded() {
        log.append(List.of(attempt("a", 1), attempt("b", 1), attempt("c", 1), attempt("d", 1)));

        Iterator<LogPage.Logged> walk = history.from(Position.START).iterator();
        assertThat(log.reads()).isZero();
        walk.next();
        walk.next();

        assertThat(log.reads()).isEqualTo(1);
    }

    @Test
    void seesWhatIsAppendedWhileItWalks() {
        log.append(List.of(attempt("a", 1)));
        List<String> seen = new ArrayList<>();

        for (LogPage.Logged logged : history.from(Position.START)) {
            seen.add(logged.entry().taskId());
            if (seen.size() < 4) {
                log.append(List.of(attempt("more-" + seen.size(), 1)));
            }
        }

        assertThat(seen).containsExactly("a", "more-1", "more-2", "more-3");
    }

    @Test
    void endsWhereTheLogEnds() {
        Iterator<LogPage.Logged> walk = history.from(Position.START).iterator();

        assertThat(walk.hasNext()).isFalse();
        assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void findsTheAttemptsAtATask() {
        log.append(List.of(attempt("a", 1), attempt("b", 1), rating("a"), attempt("a", 2), closed("a")));

        assertThat(history.executionsOf("a")).containsExactly(attempt("a", 1), attempt("a", 2));
        assertThat(history.executionsOf("nobody")).isEmpty();
    }

    @Test
    void givesTheLatestOldestFirst() {
        log.append(List.of(attempt("a", 1), attempt("b", 1), rating("b"), closed("c"), attempt("d", 1)));

        assertThat(history.latest(3)).containsExactly(rating("b"), closed("c"), attempt("d", 1));
        assertThat(history.latest(9)).hasSize(5);
    }

    @Test
    void boundsHowManyOfTheLatestItKeeps() {
        assertThatThrownBy(() -> history.latest(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("latest 0 entries are asked for; it must be 1 to 100000, use from(position) for more");
        assertThatThrownBy(() -> history.latest(100_001)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Execution attempt(String task, int attempt) {
        return Execution.of(task, "t").attempt(attempt).startedAt(NOON).build();
    }

    private static LogEntry rating(String task) {
        return new Rating(task, .5, "me", NOON);
    }

    private static LogEntry closed(String task) {
        return new Closed(task, "t", Result.Reason.CANCELLED, "", 0, 1, NOON);
    }
}
