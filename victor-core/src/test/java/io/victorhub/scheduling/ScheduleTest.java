package io.victorhub.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Task TASK = Task.of("t").build();

    @Test
    void everySoOftenCountsFromItsStartHoweverLateItIsAsked() {
        Schedule.Every hourly = Schedule.every(Duration.ofHours(1)).startingAt(NINE);

        assertThat(hourly.next(NINE.minusSeconds(1), ZoneOffset.UTC)).isEqualTo(NINE);
        assertThat(hourly.next(NINE, ZoneOffset.UTC)).isEqualTo(NINE.plus(Duration.ofHours(1)));
        assertThat(hourly.next(NINE.plus(Duration.ofMinutes(150)), ZoneOffset.UTC))
                .isEqualTo(NINE.plus(Duration.ofHours(3)));
        assertThat(hourly.next(Instant.EPOCH, ZoneOffset.UTC)).isEqualTo(NINE);
    }

    @Test
    void everySoOftenWithoutAStartCountsFromWhereItIsAsked() {
        assertThat(Schedule.every(Duration.ofHours(1)).next(2, NINE, ZoneOffset.UTC))
                .containsExactly(NINE.plus(Duration.ofHours(1)), NINE.plus(Duration.ofHours(2)));
    }

    @Property(tries = 200)
    void everySoOftenComesOnItsGridAndStrictlyAfter(
            @ForAll @LongRange(min = 1_000, max = 1_000_000_000_000L) long millis,
            @ForAll @LongRange(min = -10_000_000_000_000L, max = 10_000_000_000_000L) long offset) {
        Schedule.Every every = Schedule.every(Duration.ofMillis(millis)).startingAt(NINE);
        Instant after = NINE.plusMillis(offset);

        Instant next = every.next(after, ZoneOffset.UTC);

        assertThat(next).isAfter(after).isAfterOrEqualTo(NINE);
        assertThat(Duration.between(NINE, next).toMillis() % millis).isZero();
        assertThat(next.equals(NINE) || !next.minusMillis(millis).isAfter(after))
                .isTrue();
    }

    @Test
    void dailyAndCronAreTimesOfTheClockInTheZone() {
        assertThat(Schedule.daily(LocalTime.of(2, 30)).next(2, Instant.parse("2026-03-28T00:00:00Z"), BERLIN))
                .extracting(Instant::toString)
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z");
        assertThat(Schedule.cron("30 2 * * *").next(2, Instant.parse("2026-03-28T00:00:00Z"), BERLIN))
                .isEqualTo(Schedule.daily(LocalTime.of(2, 30)).next(2, Instant.parse("2026-03-28T00:00:00Z"), BERLIN));
        assertThat(Schedule.cron("@hourly").next(NINE, BERLIN)).isEqualTo(NINE.plus(Duration.ofHours(1)));
    }

    @Test
    void saysWhatItIs() {
        assertThat(List.of(
                        Schedule.every(Duration.ofMinutes(90)),
                        Schedule.every(Duration.ofHours(1)).startingAt(NINE),
                        Schedule.daily(LocalTime.of(2, 30)),
                        Schedule.cron(" 0 9 * * 1-5 ")))
                .extracting(Schedule::toString)
                .containsExactly(
                        "every PT1H30M", "every PT1H from 2026-01-05T09:00:00Z", "daily at 02:30", "cron 0 9 * * 1-5");
        assertThat(Schedule.cron(" @daily")).isEqualTo(Schedule.cron("@daily"));
    }

    @Test
    void refusesRatesThatWouldNeverRest() {
        for (Duration wrong : List.of(Duration.ofMillis(999), Duration.ZERO, Duration.ofSeconds(-5))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Schedule.every(wrong))
                    .withMessage("a schedule that comes every " + wrong
                            + "; each time is written to disk, so choose 1 second or more, and at most 100 years");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Schedule.every(Duration.ofDays(40_000)));
    }

    @Test
    void aCronThatIsWrongSaysSoAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.cron("0 0 30 2 *"))
                .withMessageStartingWith("cron expression '0 0 30 2 *': no such day ever comes");
    }

    @Test
    void aRecurringTaskIsTheSameWhateverTheIdOfItsTask() {
        Schedule schedule = Schedule.cron("@daily");

        Recurring one = Recurring.of("r", schedule, Task.of("t").build());

        assertThat(one)
                .isEqualTo(Recurring.of("r", schedule, Task.of("t").build()))
                .hasSameHashCodeAs(one);
        assertThat(one.submission().task().id()).isEqualTo("r");
        assertThat(one.toBuilder().build()).isEqualTo(one);
        Recurring full = full().build();
        assertThat(full.toBuilder().build()).isEqualTo(full);
        assertThat(List.of(
                        full().missed(Missed.SKIP).build(),
                        full().missed(Missed.ONCE).overlap(Overlap.JOIN).build(),
                        full().zone(ZoneOffset.UTC).build(),
                        full().finishWithin(Duration.ofHours(2)).build(),
                        Recurring.of("r", schedule, Task.of("t").input("a", 1).build()),
                        Recurring.of("r", Schedule.cron("@weekly"), TASK)))
                .doesNotContain(full, one);
    }

    @Test
    void aRecurringTaskRefusesWhatMakesNoSense() {
        Schedule schedule = Schedule.cron("@daily");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recurring.of("Nightly Report", schedule, TASK))
                .withMessage(
                        "recurring task 'Nightly Report': its name must be 1 to 100 of a-z, 0-9, '.', '_' and '-', "
                                + "and begin with a letter or a digit");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Recurring.of("r", schedule, Task.of("t").deadline(NINE).build()))
                .withMessage("recurring task r: its task has a deadline, which would pass once and for all; "
                        + "use finishWithin, which counts from each run");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recurring.builder(
                                "r",
                                schedule,
                                Submission.builder(TASK).notBefore(NINE).build())
                        .build())
                .withMessage("recurring task r: it has a notBefore; leave that to its schedule");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recurring.builder("r", schedule, TASK)
                        .missed(Missed.ALL)
                        .build())
                .withMessage("recurring task r: missed runs that are all made up for would join one another; "
                        + "use Overlap.ALLOW with Missed.ALL, or Missed.ONCE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recurring.builder("r", schedule, TASK)
                        .finishWithin(Duration.ZERO)
                        .build())
                .withMessage(
                        "recurring task r: it must finish within PT0S; give more than nothing, and at most 100 years");
    }

    private static Recurring.Builder full() {
        return Recurring.builder(
                        "r",
                        Schedule.every(Duration.ofHours(1)),
                        Submission.builder(Task.of("t")
                                        .input("list", List.of(1, 2.5, Map.of("a", "b")))
                                        .context(Map.of("who", "me"))
                                        .priority(7)
                                        .build())
                                .lane("l")
                                .build())
                .missed(Missed.ALL)
                .overlap(Overlap.ALLOW)
                .zone(BERLIN)
                .finishWithin(Duration.ofHours(1));
    }

    @Test
    void keepsWhatWasGiven() {
        Recurring full = full().build();

        assertThat(full.name()).isEqualTo("r");
        assertThat(full.missed()).isEqualTo(Missed.ALL);
        assertThat(full.overlap()).isEqualTo(Overlap.ALLOW);
        assertThat(full.zone()).contains(BERLIN);
        assertThat(full.finishWithin()).contains(Duration.ofHours(1));
        assertThat(full.submission().lane()).contains("l");
        assertThat(full.schedule()).isEqualTo(new Schedule.Every(Duration.ofHours(1), Optional.empty()));
        assertThat(full).hasToString("Recurring[r, every PT1H, type=t]");
    }
}
