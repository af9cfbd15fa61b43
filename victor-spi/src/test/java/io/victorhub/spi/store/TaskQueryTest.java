package io.victorhub.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.victorhub.spi.store.TaskQuery.Period;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskQueryTest {

    private static final Instant EARLY = Instant.parse("2026-01-05T09:00:00Z");
    private static final Instant LATE = Instant.parse("2026-01-06T09:00:00Z");

    @Test
    void asksForAnythingAtFirst() {
        assertThat(TaskQuery.all())
                .isEqualTo(
                        new TaskQuery(Set.of(), Set.of(), "", "", Period.ALWAYS, Period.ALWAYS, Optional.empty(), 100));
    }

    @Test
    void changesInOnePlaceAtATime() {
        TaskQuery query = TaskQuery.all()
                .status(TaskStatus.READY)
                .types("a", "b", "a")
                .skill("mailer")
                .text("part")
                .submitted(EARLY, LATE)
                .settled(LATE, Instant.MAX)
                .after("cursor")
                .max(7);

        assertThat(query)
                .isEqualTo(new TaskQuery(
                        Set.of(TaskStatus.READY),
                        Set.of("a", "b"),
                        "mailer",
                        "part",
                        new Period(EARLY, LATE),
                        new Period(LATE, Instant.MAX),
                        Optional.of("cursor"),
                        7));
    }

    @Test
    void knowsDeadLettersAndWhatWaits() {
        assertThat(TaskQuery.deadLetters().statuses()).containsExactly(TaskStatus.DEAD);
        assertThat(TaskQuery.waiting().statuses())
                .containsExactlyInAnyOrder(TaskStatus.HELD, TaskStatus.DELAYED, TaskStatus.READY);
    }

    @Test
    void holdsWhatIsFromItsBeginningOnAndBeforeItsEnd() {
        Period period = new Period(EARLY, LATE);

        assertThat(period.contains(EARLY)).isTrue();
        assertThat(period.contains(LATE.minusNanos(1))).isTrue();
        assertThat(period.contains(LATE)).isFalse();
        assertThat(period.contains(EARLY.minusNanos(1))).isFalse();
        assertThat(Period.ALWAYS.contains(Instant.MAX)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void refusesAPageThatIsNone(int max) {
        assertThat(TaskQuery.all().max(1000).max()).isEqualTo(1000);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskQuery.all().max(max))
                .withMessage("a query for " + max + " tasks; ask for 1..1000 and page on");
    }
}
