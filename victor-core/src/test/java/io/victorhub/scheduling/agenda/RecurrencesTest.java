package io.victorhub.scheduling.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.victorhub.scheduling.Missed;
import io.victorhub.scheduling.Overlap;
import io.victorhub.scheduling.Recurring;
import io.victorhub.scheduling.RecurringStatus;
import io.victorhub.scheduling.Schedule;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.UniquePolicy;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that come again and again, on a clock that is set. */
@Timeout(60)
class RecurrencesTest {

    private static final Instant NINE = SettableClock.START;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Schedule HOURLY = Schedule.every(HOUR);
    private static final Task TASK = Task.of("t").input("n", 1).build();

    private final AgendaBench bench = new AgendaBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void runsEachTimeUnderANameOfItsOwn() {
        RecurringStatus scheduled = bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));
        assertThat(scheduled.next()).isEqualTo(NINE.plus(HOUR));
        assertThat(bench.work()).isZero();

        bench.clock.advance(HOUR);
        assertThat(bench.work()).isOne();
        assertThat(bench.work()).isZero();
        bench.finishAll();
        bench.clock.advance(HOUR.plusSeconds(3));
        bench.work();

        assertThat(bench.ids()).containsExactly("r@2026-01-05T10:00:00Z", "r@2026-01-05T11:00:00Z");
        assertThat(bench.ran).containsExactly("r 2026-01-05T10:00:00Z Accepted", "r 2026-01-05T11:00:00Z Accepted");
        assertThat(bench.recurring.find("r").orElseThrow())
                .isEqualTo(new RecurringStatus(
                        scheduled.definition(),
                        Instant.parse("2026-01-05T12:00:00Z"),
                        Optional.of(Instant.parse("2026-01-05T11:00:00Z")),
                        2,
                        false));
    }

    @Test
    void submitsWhatWasGivenWithTheTimeInItsContext() {
        Submission template = Submission.builder(Task.of("t")
                        .description("the report")
                        .input("n", 1)
                        .priority(7)
                        .context(Map.of("who", "me"))
                        .build())
                .lane("l")
                .maxAttempts(2)
                .build();
        bench.recurring.schedule(Recurring.builder("r", HOURLY, template)
                .finishWithin(Duration.ofMinutes(10))
                .build());

        bench.clock.advance(HOUR.plusSeconds(5));
        bench.work();

        Submission run = bench.find("r@2026-01-05T10:00:00Z").submission().orElseThrow();
        assertThat(run)
                .isEqualTo(template
                        .withTask(template.task().toBuilder()
                                .id("r@2026-01-05T10:00:00Z")
                                .deadline(NINE.plus(HOUR).plusSeconds(605))
                                .context(Map.of(
                                        "who", "me", "recurring", Map.of("name", "r", "at", "2026-01-05T10:00:00Z")))
                                .build())
                        .toBuilder()
                        .uniqueKey("recurring/r")
                        .build());
    }

    @Test
    void joinsTheRunBeforeUnlessToldToOverlap() {
        bench.recurring.schedule(Recurring.of("joins", HOURLY, TASK));
        bench.recurring.schedule(Recurring.builder("overlaps", HOURLY, TASK)
                .overlap(Overlap.ALLOW)
                .build());

        bench.clock.advance(HOUR);
        bench.work();
        bench.clock.advance(HOUR);
        bench.work();

        assertThat(bench.ran).contains("joins 2026-01-05T11:00:00Z Joined", "overlaps 2026-01-05T11:00:00Z Accepted");
        assertThat(bench.recurring.find("joins").orElseThrow().runs()).isEqualTo(2);
        bench.finishAll();
        bench.clock.advance(HOUR);
        bench.work();
        assertThat(bench.ran).contains("joins 2026-01-05T12:00:00Z Accepted");
    }

    @Test
    void heedsAUniqueKeyOfItsOwn() {
        Submission keyed = Submission.builder(TASK).uniqueKey("shared").build();
        bench.recurring.schedule(Recurring.builder("a", HOURLY, keyed).build());
        bench.recurring.schedule(Recurring.builder("b", HOURLY, keyed).build());

        bench.clock.advance(HOUR);
        bench.work();

        assertThat(bench.ran).containsExactly("a 2026-01-05T10:00:00Z Accepted", "b 2026-01-05T10:00:00Z Joined");
    }

    @Test
    void makesUpForWhatItMissedOnceByDefault() {
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));

        bench.clock.advance(Duration.ofMinutes(330));
        bench.work();

        assertThat(bench.ids()).containsExactly("r@2026-01-05T10:00:00Z");
        assertThat(bench.recurring.find("r").orElseThrow().next()).isEqualTo("2026-01-05T15:00:00Z");
    }

    @Test
    void passesOverWhatItMissedIfToldTo() {
        bench.recurring.schedule(
                Recurring.builder("r", HOURLY, TASK).missed(Missed.SKIP).build());

        bench.clock.advance(HOUR.plus(Recurring.GRACE).plusNanos(1));
        bench.work();

        assertThat(bench.ids()).isEmpty();
        assertThat(bench.recurring.find("r").orElseThrow())
                .returns(Instant.parse("2026-01-05T11:00:00Z"), RecurringStatus::next)
                .returns(0L, RecurringStatus::runs);
        bench.clock.set(Instant.parse("2026-01-05T13:00:00Z").plus(Recurring.GRACE));
        bench.work();
        assertThat(bench.ids()).as("a little late is not missed").containsExactly("r@2026-01-05T13:00:00Z");
    }

    @Test
    void makesUpForAllThatItMissedIfToldTo() {
        bench.recurring.schedule(Recurring.builder("r", HOURLY, TASK)
                .missed(Missed.ALL)
                .overlap(Overlap.ALLOW)
                .build());

        bench.clock.advance(Duration.ofMinutes(210));
        assertThat(bench.work()).isEqualTo(3);

        assertThat(bench.ids())
                .containsExactly("r@2026-01-05T10:00:00Z", "r@2026-01-05T11:00:00Z", "r@2026-01-05T12:00:00Z");
        assertThat(bench.recurring.find("r").orElseThrow())
                .returns(3L, RecurringStatus::runs)
                .returns(Optional.of(Instant.parse("2026-01-05T12:00:00Z")), RecurringStatus::last);
    }

    @Test
    void makesUpForTheLatestOfTooMany() {
        for (Schedule schedule : List.of(Schedule.every(Duration.ofSeconds(60)), Schedule.cron("* * * * *"))) {
            String name = schedule instanceof Schedule.Cron ? "cron" : "every";
            bench.recurring.schedule(Recurring.builder(name, schedule, TASK)
                    .missed(Missed.ALL)
                    .overlap(Overlap.ALLOW)
                    .build());
        }

        bench.clock.advance(Duration.ofDays(400));
        assertThat(bench.work()).isEqualTo(2 * Recurring.MOST_MADE_UP);

        Instant now = bench.clock.instant();
        assertThat(bench.store.tasks().find("every@" + now)).isPresent();
        assertThat(bench.store.tasks().find("cron@" + now)).isPresent();
        assertThat(bench.store.tasks().find("every@" + now.minusSeconds(60 * 999)))
                .isPresent();
        assertThat(bench.store.tasks().find("every@" + now.minusSeconds(60 * 1000)))
                .isEmpty();
    }

    @Test
    void runsOnceThoughTheProcessDiesBeforeItsNextTimeIsKept() {
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));
        bench.clock.advance(HOUR);
        bench.store.settleFails(true); // tasks are taken, and state is not kept
        assertThatExceptionOfType(StorageException.class).isThrownBy(bench::work);
        assertThat(bench.ids()).containsExactly("r@2026-01-05T10:00:00Z");
        bench.store.settleFails(false);
        bench.finishAll();
        bench.clock.advance(Duration.ofMinutes(5));

        bench.restart();
        bench.work();

        assertThat(bench.ids()).containsExactly("r@2026-01-05T10:00:00Z");
        assertThat(bench.ran).containsExactly("r 2026-01-05T10:00:00Z Accepted", "r 2026-01-05T10:00:00Z Known");
        assertThat(bench.recurring.find("r").orElseThrow().next()).isEqualTo("2026-01-05T11:00:00Z");
    }

    @Test
    void goesOnAfterARestartWithoutBeingScheduledAgain() {
        Recurring full = Recurring.builder(
                        "full",
                        Schedule.cron("30 2 * * mon-fri"),
                        Submission.builder(Task.of("t")
                                        .input("list", List.of(1, 2.5, "x"))
                                        .build())
                                .lane("l")
                                .build())
                .missed(Missed.ALL)
                .overlap(Overlap.ALLOW)
                .zone(ZoneId.of("America/New_York"))
                .finishWithin(Duration.ofMinutes(90))
                .build();
        bench.recurring.schedule(full);
        bench.recurring.schedule(Recurring.of("every", HOURLY, TASK));
        bench.recurring.schedule(Recurring.of("from", Schedule.every(HOUR).startingAt(NINE.plusSeconds(5)), TASK));
        bench.recurring.schedule(Recurring.of("daily", Schedule.daily(LocalTime.parse("02:30:15.5")), TASK));
        bench.recurring.pause("daily");
        bench.clock.advance(HOUR);
        bench.work();
        List<RecurringStatus> before = bench.recurring.all();

        bench.restart();

        assertThat(bench.recurring.all()).isEqualTo(before).hasSize(4);
        assertThat(bench.recurring.find("full").orElseThrow().definition()).isEqualTo(full);
        bench.finishAll();
        bench.clock.advance(HOUR);
        bench.work();
        assertThat(bench.ids()).contains("every@2026-01-05T11:00:00Z", "from@2026-01-05T10:00:05Z");
    }

    @Test
    void keepsItsNextTimeWhenTheSameIsScheduledAgain() {
        bench.recurring.schedule(Recurring.of("r", HOURLY, Task.of("t").build()));
        bench.clock.advance(Duration.ofMinutes(40));

        bench.restart();
        RecurringStatus same =
                bench.recurring.schedule(Recurring.of("r", HOURLY, Task.of("t").build()));
        RecurringStatus other = bench.recurring.schedule(
                Recurring.of("r", HOURLY, Task.of("t").input("new", true).build()));

        assertThat(same.next()).isEqualTo(NINE.plus(HOUR));
        assertThat(other.next()).isEqualTo(NINE.plus(Duration.ofMinutes(100)));
        assertThat(bench.recurring.all()).containsExactly(other);
    }

    @Test
    void keepsItsPauseAndItsCountWhenItChanges() {
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));
        bench.clock.advance(HOUR);
        bench.work();
        bench.recurring.pause("r");

        RecurringStatus changed = bench.recurring.schedule(Recurring.of("r", Schedule.cron("@daily"), TASK));

        assertThat(changed.paused()).isTrue();
        assertThat(changed.runs()).isOne();
        assertThat(changed.last()).contains(NINE.plus(HOUR));
    }

    @Test
    void runsInItsZoneOrInTheHubs() {
        Schedule half = Schedule.daily(LocalTime.of(2, 30));

        assertThat(bench.recurring.schedule(Recurring.of("hub", half, TASK)).next())
                .isEqualTo("2026-01-06T01:30:00Z");
        assertThat(bench.recurring
                        .schedule(Recurring.builder("own", half, TASK)
                                .zone(ZoneId.of("Asia/Tokyo"))
                                .build())
                        .next())
                .isEqualTo("2026-01-05T17:30:00Z");
        assertThat(bench.recurring.upcoming("hub", 3))
                .extracting(Instant::toString)
                .containsExactly("2026-01-06T01:30:00Z", "2026-01-07T01:30:00Z", "2026-01-08T01:30:00Z");
        assertThat(bench.recurring.upcoming("hub", 0)).isEmpty();
    }

    @Test
    void missesItsRunsWhilePausedAndMakesUpForThem() {
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));
        bench.recurring.pause("r");
        bench.clock.advance(HOUR.multipliedBy(3));
        assertThat(bench.work()).isZero();
        assertThat(bench.recurring.next()).isEmpty();

        bench.recurring.resume("r");
        bench.work();

        assertThat(bench.ids()).containsExactly("r@2026-01-05T10:00:00Z");
        assertThat(bench.recurring.find("r").orElseThrow().next()).isEqualTo("2026-01-05T13:00:00Z");
    }

    @Test
    void waitsWhileItsTypeIsPausedOrTheHubDoesNotWorkByItself() {
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));
        bench.pausedTypes.add("t");
        bench.clock.advance(HOUR);
        assertThat(bench.work()).isZero();
        assertThat(bench.recurring.next()).isEmpty();
        bench.pausedTypes.clear();
        bench.autonomous = false;
        assertThat(bench.work()).isZero();
        assertThat(bench.recurring.next()).isEmpty();

        assertThat(bench.recurring.work(true)).as("driven by hand").isOne();

        assertThat(bench.ids()).hasSize(1);
    }

    @Test
    void runsNowBesideItsSchedule() {
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));
        bench.recurring.pause("r");
        bench.clock.advance(Duration.ofMinutes(10));

        Submitted run = bench.recurring.runNow("r");
        Submitted again = bench.recurring.runNow("r");
        bench.clock.advance(Duration.ofMinutes(1));
        Submitted later = bench.recurring.runNow("r");

        assertThat(run).isEqualTo(new Submitted.Accepted("r@2026-01-05T09:10:00Z"));
        assertThat(again).isEqualTo(new Submitted.Known("r@2026-01-05T09:10:00Z"));
        assertThat(later).isInstanceOf(Submitted.Joined.class);
        assertThat(bench.recurring.find("r").orElseThrow().next()).isEqualTo(NINE.plus(HOUR));
        assertThat(bench.ran).hasSize(3);
    }

    @Test
    void isGoneOnceRemovedAndLeavesWhatItSubmitted() {
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));
        bench.clock.advance(HOUR);
        bench.work();

        assertThat(bench.recurring.remove("r")).isTrue();
        assertThat(bench.recurring.remove("r")).isFalse();

        bench.clock.advance(HOUR);
        assertThat(bench.work()).isZero();
        bench.restart();
        assertThat(bench.recurring.all()).isEmpty();
        assertThat(bench.find("r@2026-01-05T10:00:00Z").status()).isEqualTo(TaskStatus.READY);
    }

    @Test
    void aClockThatIsSetBackRunsNothingAgain() {
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));
        bench.clock.advance(HOUR);
        bench.work();
        bench.finishAll();

        bench.clock.set(NINE);
        bench.work();
        bench.clock.set(NINE.plus(HOUR));
        bench.work();

        assertThat(bench.ids()).containsExactly("r@2026-01-05T10:00:00Z");
        bench.clock.set(NINE.plus(HOUR.multipliedBy(2)));
        bench.work();
        assertThat(bench.ids()).hasSize(2);
    }

    @Test
    void anotherHubOnTheSameStoreRunsNothingTwice() {
        bench.recurring.schedule(
                Recurring.builder("r", HOURLY, TASK).overlap(Overlap.ALLOW).build());
        Recurrences other = bench.recurring(bench.store);

        bench.clock.advance(HOUR);
        bench.work();
        other.work(false);
        bench.clock.advance(HOUR);
        other.work(false);
        bench.work();

        assertThat(bench.ids()).containsExactly("r@2026-01-05T10:00:00Z", "r@2026-01-05T11:00:00Z");
        assertThat(bench.recurring.all()).isEqualTo(other.all());
    }

    @Test
    void leavesAloneWhatItCannotReadUntilItIsScheduledAnew() {
        byte[] newer = "{\"definition\":{\"schedule\":{\"lunar\":\"full\"}}}".getBytes(StandardCharsets.UTF_8);
        bench.store.state().change(List.of(Change.put("recurring/moon", 0, newer)));
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));

        bench.restart();
        bench.clock.advance(HOUR);
        bench.work();

        assertThat(bench.ids()).containsExactly("r@2026-01-05T10:00:00Z");
        assertThat(bench.recurring.find("moon")).isEmpty();
        assertThat(bench.store.state().read("recurring/moon").orElseThrow().value())
                .isEqualTo(newer);
        bench.recurring.schedule(Recurring.of("moon", Schedule.cron("@monthly"), TASK));
        assertThat(bench.recurring.find("moon")).isPresent();
    }

    @Test
    void runsManyAtTheSameMoment() {
        IntStream.range(0, 150)
                .forEach(i -> bench.recurring.schedule(Recurring.of("r-" + i, Schedule.cron("0 * * * *"), TASK)));
        bench.restart();

        bench.clock.advance(HOUR);
        assertThat(bench.work()).isEqualTo(150);

        assertThat(bench.store.tasks().tasks(TaskQuery.waiting().max(1000)).tasks())
                .extracting(TaskState::id)
                .hasSize(150)
                .doesNotHaveDuplicates();
        assertThat(bench.work()).isZero();
    }

    @Test
    void saysWhatIsThereWhereANameIsWrong() {
        bench.recurring.schedule(Recurring.of("nightly", HOURLY, TASK));

        for (Runnable call : List.<Runnable>of(
                () -> bench.recurring.pause("nightli"),
                () -> bench.recurring.resume("nightli"),
                () -> bench.recurring.runNow("nightli"),
                () -> bench.recurring.upcoming("nightli", 1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call::run)
                    .withMessage("there is no recurring task 'nightli'; there are [nightly]");
        }
        assertThat(bench.recurring.find("nightli")).isEmpty();
    }

    @Test
    void refusesWhatTheHubRefuses() {
        bench.refusal = Optional.of("task r is refused: admins only");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.recurring.schedule(Recurring.of("r", HOURLY, TASK)))
                .withMessage("recurring task r: task r is refused: admins only");
        bench.refusal = Optional.empty();

        Task huge = Task.of("t").input("text", "x".repeat(1 << 20)).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.recurring.schedule(Recurring.of("r", HOURLY, huge)))
                .withMessageStartingWith("recurring task r has 1048");

        bench.open = false;
        assertThatIllegalStateException().isThrownBy(() -> bench.recurring.schedule(Recurring.of("r", HOURLY, TASK)));
        assertThatIllegalStateException().isThrownBy(() -> bench.recurring.remove("r"));
        assertThat(bench.recurring.all()).isEmpty();
    }

    @Test
    void goesOnThoughARunIsRefused() {
        Submission exclusive =
                Submission.builder(TASK).uniqueKey("k", UniquePolicy.REFUSE).build();
        bench.store
                .tasks()
                .submit(List.of(Submission.builder(TASK).uniqueKey("k").build()));
        bench.recurring.schedule(
                Recurring.builder("exclusive", HOURLY, exclusive).build());
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));

        bench.clock.advance(HOUR);
        bench.work();

        assertThat(bench.ran)
                .containsExactly("exclusive 2026-01-05T10:00:00Z Refused", "r 2026-01-05T10:00:00Z Accepted");
        assertThat(bench.recurring.find("exclusive").orElseThrow().next()).isEqualTo("2026-01-05T11:00:00Z");
    }

    @Test
    void wakesByItselfWhenItsTimeHasCome() {
        bench.recurring.schedule(Recurring.of("r", Schedule.every(Duration.ofSeconds(1)), TASK));
        bench.agenda.poke();
        awaitAsleep();
        assertThat(bench.ids()).isEmpty();

        bench.clock.advance(Duration.ofSeconds(1)); // as real time does meanwhile

        await().until(() -> bench.ids().size() == 1);
        bench.finishAll();
        bench.clock.advance(Duration.ofSeconds(1));
        await().until(() -> bench.ids().size() == 2);
        assertThat(bench.threads).hasSize(1).first().returns("victor-agenda", Thread::getName);
    }

    @Test
    void wakesWhenSomethingIsScheduledOrResumed() {
        bench.recurring.schedule(Recurring.of("far", Schedule.cron("@yearly"), TASK));
        bench.agenda.poke();
        awaitAsleep();
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));
        bench.recurring.pause("r");
        bench.clock.advance(HOUR);
        awaitAsleep();

        bench.recurring.resume("r");

        await().until(() -> bench.ids().size() == 1);
    }

    @Test
    void needsNoThreadWhereNothingRecurs() {
        bench.agenda.poke();

        assertThat(bench.threads).isEmpty();
    }

    @Test
    void triesAgainWhatCouldNotBeKept() {
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));
        bench.clock.advance(HOUR);
        bench.store.settleFails(true);
        bench.agenda.poke();
        await().until(() -> !bench.failures.isEmpty());

        bench.store.settleFails(false);

        await().until(() -> bench.recurring.find("r").orElseThrow().runs() == 1);
        assertThat(bench.ids()).containsExactly("r@2026-01-05T10:00:00Z");
    }

    @Test
    void endsWithItsAgenda() {
        bench.recurring.schedule(Recurring.of("r", HOURLY, TASK));
        bench.agenda.poke();
        awaitAsleep();

        bench.agenda.close();
        bench.agenda.close();
        bench.agenda.poke();

        assertThat(bench.threads.get(0).isAlive()).isFalse();
    }

    private void awaitAsleep() {
        await().until(() -> bench.threads.stream()
                .anyMatch(thread ->
                        thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING));
    }
}
