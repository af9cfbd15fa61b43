package io.victorhub.spi.store;

import static io.victorhub.spi.store.StoreStats.Precision.ABSENT;
import static io.victorhub.spi.store.StoreStats.Precision.ESTIMATED;
import static io.victorhub.spi.store.StoreStats.Precision.EXACT;
import static io.victorhub.spi.store.TaskStatus.DEAD;
import static io.victorhub.spi.store.TaskStatus.DONE;
import static io.victorhub.spi.store.TaskStatus.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.victorhub.spi.store.StoreStats.Count;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreStatsTest {

    private final StoreStats stats = new StoreStats(List.of(
            new Count("a", READY, 3, EXACT),
            new Count("b", READY, 4, ESTIMATED),
            new Count("a", DONE, 5, EXACT),
            new Count("b", DONE, 0, ABSENT)));

    @Test
    void sumsOverTypes() {
        assertThat(stats.count(READY)).hasValue(7);
    }

    @Test
    void tellsTypesApart() {
        assertThat(stats.count("a", READY)).hasValue(3);
        assertThat(stats.count("b", READY)).hasValue(4);
    }

    @Test
    void isNoneWhereThereAreNoTasks() {
        assertThat(stats.count(DEAD)).hasValue(0);
        assertThat(stats.count("c", READY)).hasValue(0);
    }

    @Test
    void isUnknownWhereOneOfTheFiguresIs() {
        assertThat(stats.count(DONE)).isEmpty();
        assertThat(stats.count("b", DONE)).isEmpty();
        assertThat(stats.count("a", DONE)).hasValue(5);
    }

    @Test
    void refusesFewerThanNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Count("a", READY, -1, EXACT))
                .withMessage("the count of READY tasks of type a is -1; it must be 0 or more");
    }
}
