package io.victorhub.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskQueryTest {

    @Test
    void asksForAnythingAtFirst() {
        assertThat(TaskQuery.all()).isEqualTo(new TaskQuery(Set.of(), Set.of(), "", Optional.empty(), 100));
    }

    @Test
    void changesInOnePlaceAtATime() {
        TaskQuery query = TaskQuery.all()
                .status(TaskStatus.READY)
                .types("a", "b", "a")
                .text("part")
                .after("cursor")
                .max(7);

        assertThat(query)
                .isEqualTo(new TaskQuery(Set.of(TaskStatus.READY), Set.of("a", "b"), "part", Optional.of("cursor"), 7));
    }

    @Test
    void knowsDeadLettersAndWhatWaits() {
        assertThat(TaskQuery.deadLetters().statuses()).containsExactly(TaskStatus.DEAD);
        assertThat(TaskQuery.waiting().statuses())
                .containsExactlyInAnyOrder(TaskStatus.HELD, TaskStatus.DELAYED, TaskStatus.READY);
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
