package io.victorhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Rating;
import io.victorhub.spi.store.LogPage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTailTest {

    private final LogTail tail = new LogTail();

    @Test
    void givesWhatStandsBehindAPositionThatItGave() {
        add(0, 5);

        assertThat(ids(tail.read(cursor(0), 10).orElseThrow())).containsExactly("t-0", "t-1", "t-2", "t-3", "t-4");
        assertThat(ids(tail.read(cursor(3), 1).orElseThrow())).containsExactly("t-3");
        assertThat(tail.read(cursor(5), 10).orElseThrow()).isEmpty();
    }

    @Test
    void hasNothingForAPositionThatItNeverGave() {
        add(0, 5);

        assertThat(tail.read(new LogCursor(1, 35, 0), 10)).isEmpty();
        assertThat(tail.read(new LogCursor(0, 0, 0), 10)).isEmpty();
        assertThat(tail.read(new LogCursor(9, 0, 0), 10)).isEmpty();
    }

    @Test
    void forgetsTheOldestWhenThereAreTooMany() {
        add(0, 10_000);

        assertThat(tail.read(cursor(0), 10)).isEmpty();
        assertThat(ids(tail.read(cursor(9_998), 10).orElseThrow())).containsExactly("t-9998", "t-9999");
    }

    @Test
    void holdsFewLargeOnes() {
        for (int i = 0; i < 20; i++) {
            tail.add(cursor(i), cursor(i + 1), logged(i), 1 << 20);
        }

        assertThat(tail.read(cursor(5), 100)).isEmpty();
        assertThat(tail.read(cursor(15), 100).orElseThrow()).hasSize(5);
    }

    @Test
    void isEmptyAfterWhatItHoldsWasChangedElsewhere() {
        add(0, 5);

        tail.clear();

        assertThat(tail.read(cursor(2), 10)).isEmpty();
        add(5, 1);
        assertThat(tail.read(cursor(5), 10).orElseThrow()).hasSize(1);
    }

    private void add(int first, int count) {
        for (int i = first; i < first + count; i++) {
            tail.add(cursor(i), cursor(i + 1), logged(i), 100);
        }
    }

    private static LogCursor cursor(int number) {
        return new LogCursor(1, number * 10, 0);
    }

    private static LogPage.Logged logged(int number) {
        return new LogPage.Logged(
                cursor(number + 1).position(), new Rating("t-" + number, .5, "somebody", Instant.EPOCH));
    }

    private static List<String> ids(List<LogPage.Logged> page) {
        return page.stream().map(logged -> logged.entry().taskId()).toList();
    }
}
