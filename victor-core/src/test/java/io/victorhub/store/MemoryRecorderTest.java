package io.victorhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Rating;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who reads of an end, and then asks for the task, finds it settled: an entry is shown when its facts are applied. */
class MemoryRecorderTest {

    private final MemoryRecorder recorder = new MemoryRecorder(Stores.codec());

    @Test
    void showsAnEntryWhenItIsPublished() {
        Recorder.Receipt receipt = record("a");

        assertThat(shown()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> recorder.read(new Position("1"), 10));

        recorder.publish(receipt, true);

        assertThat(shown()).containsExactly("a");
    }

    @Test
    void keepsTheOrderOfTheRecordsWhoeverIsPublishedFirst() {
        Recorder.Receipt first = record("a");
        Recorder.Receipt second = record("b");

        recorder.publish(second, true);
        assertThat(shown()).isEmpty();

        recorder.publish(first, true);
        assertThat(shown()).containsExactly("a", "b");
    }

    private Recorder.Receipt record(String task) {
        LogEntry entry = new Rating(task, .5, "kim", Instant.EPOCH);
        return recorder.record(List.of(new Fact.Logged(List.of(recorder.payload(entry)))), Recorder.Safety.FORCED);
    }

    private List<String> shown() {
        return recorder.read(Position.START, 10).entries().stream()
                .map(LogPage.Logged::entry)
                .map(LogEntry::taskId)
                .toList();
    }
}
