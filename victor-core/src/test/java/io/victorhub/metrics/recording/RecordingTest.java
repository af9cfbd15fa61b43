package io.victorhub.metrics.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.metrics.MemoryMeters;
import io.victorhub.metrics.Reading;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.meter.VictorMeters;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {

    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

    private final MemoryMeters meters = new MemoryMeters();
    private final Recording recording = new Recording(meters);

    @Test
    void recordsHowAnAttemptEndedHowLongItTookAndHowLongItWaited() {
        Execution good = execution("mail", "mailer")
                .duration(Duration.ofMillis(30))
                .queueWait(Duration.ofMillis(70))
                .build();
        recording.ended(good, Disposition.done());
        recording.ended(
                execution("mail", "mailer")
                        .status(Execution.Status.FAILED)
                        .trouble(Execution.Trouble.of(Reason.RATE_LIMITED, "slow down"))
                        .build(),
                Disposition.retry(NOW));

        var now = meters.snapshot();

        assertThat(now.count(VictorMeters.ATTEMPTS, "mail", "mailer", "success"))
                .isEqualTo(1);
        assertThat(now.count(VictorMeters.ATTEMPTS, "mail", "mailer", "rate_limited"))
                .isEqualTo(1);
        assertThat(now.count(VictorMeters.TASKS_SETTLED, "mail", "done")).isEqualTo(1);
        assertThat(now.count(VictorMeters.TASKS_RETRIED, "mail", "rate_limited"))
                .isEqualTo(1);
        Reading.Times took =
                (Reading.Times) now.of(VictorMeters.ATTEMPT_DURATION).get(0);
        assertThat(took.values()).containsExactly("mail", "mailer");
        assertThat(took.totalNanos()).isEqualTo(30_000_000);
        Reading.Times waited = (Reading.Times) now.of(VictorMeters.ATTEMPT_WAIT).get(0);
        assertThat(waited.totalNanos()).isEqualTo(70_000_000);
    }

    @Test
    void recordsAnAttemptOfNobodyAsThat() {
        recording.ended(
                Execution.of("t", "mail")
                        .status(Execution.Status.FAILED)
                        .trouble(Execution.Trouble.of(Reason.UNAVAILABLE, "nobody"))
                        .startedAt(NOW)
                        .build(),
                Disposition.dead());

        assertThat(meters.snapshot().count(VictorMeters.ATTEMPTS, "mail", VictorMeters.NOBODY, "unavailable"))
                .isEqualTo(1);
    }

    @Test
    void letsTypesAndSkillsBeyondTheLimitShareTheirFigures() {
        for (int i = 0; i < 3 * Recording.TYPES; i++) {
            recording.closed("type-" + i, TaskStatus.CANCELLED);
        }
        for (int i = 0; i < 2 * Recording.PAIRS; i++) {
            recording.ended(execution("type-0", "skill-" + i).build(), Disposition.done());
        }

        var now = meters.snapshot();

        assertThat(now.of(VictorMeters.TASKS_SETTLED).stream()
                        .map(reading -> reading.values().get(0))
                        .distinct())
                .hasSize(Recording.TYPES + 1)
                .contains(VictorMeters.OTHER);
        assertThat(now.count(VictorMeters.TASKS_SETTLED, VictorMeters.OTHER, "cancelled"))
                .isEqualTo(2 * Recording.TYPES);
        assertThat(now.of(VictorMeters.ATTEMPT_DURATION)).hasSize(Recording.PAIRS + 1);
        assertThat(now.count(VictorMeters.ATTEMPTS, "type-0", VictorMeters.OTHER, "success"))
                .isEqualTo(Recording.PAIRS);
    }

    @Test
    void saysThatNobodyCanTellWhereAGaugeThrows() {
        recording.gauge(VictorMeters.LEARNING_BEHIND, () -> {
            throw new IllegalStateException("closed");
        });

        assertThat(meters.snapshot().of(VictorMeters.LEARNING_BEHIND))
                .extracting(Reading::value)
                .isEqualTo(List.of(Double.NaN));
        recording.close();
        assertThat(meters.snapshot().of(VictorMeters.LEARNING_BEHIND)).isEmpty();
    }

    private static Execution.Builder execution(String type, String skill) {
        return Execution.of("t", type).skill(new SkillRef(skill, "1")).startedAt(NOW);
    }
}
