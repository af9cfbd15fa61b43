package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.victorhub.HubListener;
import io.victorhub.WhenFull;
import io.victorhub.scheduling.Missed;
import io.victorhub.scheduling.Recurring;
import io.victorhub.scheduling.Schedule;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Submitted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recurring tasks of a hub, which a test drives by hand. */
class RecurringHubTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Recurring HOURLY =
            Recurring.of("hourly", Schedule.every(HOUR), Task.of("report").build());

    @TempDir
    private Path home;

    private final RecordingSkill reports = RecordingSkill.of("report");

    @Test
    void runsWhenTheClockIsSetForward() {
        try (HandDrivenHub hub = HandDrivenHub.inMemory(reports)) {
            hub.hub().recurring().schedule(HOURLY);
            assertThat(hub.runUntilIdle()).isZero();

            assertThat(hub.advance(HOUR)).isOne();
            assertThat(hub.advance(HOUR)).isOne();

            assertThat(reports.tasks())
                    .extracting(Task::id)
                    .containsExactly("hourly@2026-01-05T10:00:00Z", "hourly@2026-01-05T11:00:00Z");
        }
    }

    @Test
    void goesOnAfterARestartInTheZoneOfTheHub() {
        try (HandDrivenHub hub = HandDrivenHub.at(
                home, builder -> builder.zone(ZoneId.of("Europe/Berlin")).skill(reports))) {
            hub.hub()
                    .recurring()
                    .schedule(Recurring.of(
                            "nightly",
                            Schedule.daily(LocalTime.of(2, 30)),
                            Task.of("report").build()));
            hub.reopen();

            hub.advance(Duration.ofDays(2));

            assertThat(reports.tasks()).extracting(Task::id).containsExactly("nightly@2026-01-06T01:30:00Z");
            assertThat(hub.hub().recurring().find("nightly").orElseThrow().next())
                    .isEqualTo("2026-01-08T01:30:00Z");
        }
    }

    @Test
    void waitsWhileItsTypeOrEverythingIsPaused() {
        try (HandDrivenHub hub = HandDrivenHub.inMemory(reports)) {
            hub.hub()
                    .recurring()
                    .schedule(HOURLY.toBuilder().missed(Missed.SKIP).build());
            hub.hub().scheduler().pause("report");
            hub.advance(HOUR);
            hub.hub().scheduler().resume("report");
            hub.hub().scheduler().pauseUntil(HandDrivenHub.START.plus(Duration.ofMinutes(150)));
            hub.advance(HOUR);
            assertThat(hub.hub().find("hourly@2026-01-05T10:00:00Z")).isEmpty();
            assertThat(hub.hub().find("hourly@2026-01-05T11:00:00Z")).isEmpty();

            hub.advance(HOUR);

            assertThat(reports.tasks()).extracting(Task::id).containsExactly("hourly@2026-01-05T12:00:00Z");
        }
    }

    @Test
    void tellsListenersAndTheDashboard() {
        List<String> told = new ArrayList<>();
        HubListener listener = new HubListener() {
            @Override
            public void recurringRan(String name, Instant at, Submitted run) {
                told.add(name + " " + at + " " + run.taskId());
            }
        };
        try (HandDrivenHub hub =
                HandDrivenHub.inMemory(builder -> builder.skill(reports).listener(listener))) {
            hub.hub().recurring().schedule(HOURLY);
            hub.advance(HOUR);

            assertThat(told).containsExactly("hourly 2026-01-05T10:00:00Z hourly@2026-01-05T10:00:00Z");
            assertThat(hub.hub().dashboard().recurring())
                    .isEqualTo(hub.hub().recurring().all());
            assertThat(hub.hub().dashboard().toText())
                    .contains("    - hourly (every PT1H): next 2026-01-05T11:00:00Z, 1 run\n");
        }
    }

    @Test
    void asksTheAuthorizerOnceAndIsLetInAboveTheLimitOfTheQueue() {
        List<String> asked = new ArrayList<>();
        try (HandDrivenHub hub = HandDrivenHub.inMemory(builder -> builder.queueLimit(1, WhenFull.REJECT)
                .authorizer((submission, source) -> {
                    asked.add(submission.task().id());
                    return submission.task().type().equals("admin") ? Optional.of("admins only") : Optional.empty();
                }))) {
            hub.submit(Task.of("nobody").id("fills").build());
            hub.hub().recurring().schedule(HOURLY);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> hub.hub()
                            .recurring()
                            .schedule(Recurring.of(
                                    "a", Schedule.every(HOUR), Task.of("admin").build())))
                    .withMessage("recurring task a: task a is refused: admins only");

            hub.advance(HOUR);

            assertThat(hub.hub().find("hourly@2026-01-05T10:00:00Z")).isPresent();
            assertThat(asked).containsExactly("fills", "hourly", "a");
        }
    }

    @Test
    void refusesChangesOnceTheHubIsClosed() {
        HandDrivenHub hub = HandDrivenHub.inMemory(reports);
        hub.hub().recurring().schedule(HOURLY);
        hub.close();

        assertThatIllegalStateException().isThrownBy(() -> hub.hub().recurring().schedule(HOURLY));
        assertThatIllegalStateException().isThrownBy(() -> hub.hub().recurring().runNow("hourly"));
        assertThat(hub.hub().recurring().all()).hasSize(1);
    }
}
