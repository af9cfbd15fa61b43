package io.victorhub.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.victorhub.spi.meter.Meters;
import io.victorhub.spi.meter.VictorMeters;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MemoryMetersTest {

    private final MemoryMeters meters = new MemoryMeters();

    @Test
    void countsByTags() {
        meters.counter(VictorMeters.TASKS_SETTLED, "mail", "done").add(3);
        meters.counter(VictorMeters.TASKS_SETTLED, "mail", "dead").add(1);
        meters.counter(VictorMeters.TASKS_SETTLED, "pdf", "done").add(5);

        Snapshot now = meters.snapshot();

        assertThat(now.count(VictorMeters.TASKS_SETTLED)).isEqualTo(9);
        assertThat(now.count(VictorMeters.TASKS_SETTLED, "mail")).isEqualTo(4);
        assertThat(now.count(VictorMeters.TASKS_SETTLED, "mail", "done")).isEqualTo(3);
        assertThat(now.count(VictorMeters.TASKS_SETTLED, "nobody")).isZero();
        assertThat(now.of(VictorMeters.TASKS_SETTLED).get(0).tags())
                .isEqualTo(Map.of("type", "mail", "status", "dead"));
    }

    @Test
    void goesOnWhereTheSameMeterWasBefore() {
        meters.counter(VictorMeters.STORE_LEASES).add(1);
        meters.counter(VictorMeters.STORE_LEASES).add(1);

        assertThat(meters.snapshot().count(VictorMeters.STORE_LEASES)).isEqualTo(2);
    }

    @Test
    void tellsHowLongThingsTook() {
        Meters.Timer timer = meters.timer(VictorMeters.JOURNAL_FORCE);
        LongStream.rangeClosed(1, 100).forEach(i -> timer.record(i * 1_000_000));

        Reading.Times times =
                (Reading.Times) meters.snapshot().of(VictorMeters.JOURNAL_FORCE).get(0);

        assertThat(times.count()).isEqualTo(100);
        assertThat(times.totalNanos()).isEqualTo(5_050_000_000L);
        assertThat(times.medianNanos()).isBetween(49.5e6, 51e6);
        assertThat(times.p95Nanos()).isBetween(94e6, 96e6);
        assertThat(times.maxNanos()).isEqualTo(100_000_000);
        assertThat(meters.snapshot().toText()).startsWith("victor.journal.force 100, median ");
    }

    @Test
    void asksGaugesUntilTheyAreTakenAway() {
        Meters.Registration held = meters.gauge(VictorMeters.QUEUE_DEPTH, () -> 7, "held");
        Meters.Registration dead = meters.gauge(VictorMeters.QUEUE_DEPTH, () -> 2, "dead");
        assertThat(meters.snapshot().count(VictorMeters.QUEUE_DEPTH)).isEqualTo(9);

        held.close();
        held.close();

        assertThat(meters.snapshot().of(VictorMeters.QUEUE_DEPTH))
                .extracting(Reading::values)
                .containsExactly(List.of("dead"));
        assertThat(dead).isNotNull();
    }

    @Test
    void refusesAMeterThatIsUsedAsSomethingElse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> meters.timer(VictorMeters.STORE_LEASES))
                .withMessage("meter victor.store.leases is a COUNTER and cannot be used as a TIMER");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> meters.counter(VictorMeters.TASKS_SUBMITTED))
                .withMessage("meter victor.tasks.submitted has the tags [type] and was given 0 values");
    }
}
