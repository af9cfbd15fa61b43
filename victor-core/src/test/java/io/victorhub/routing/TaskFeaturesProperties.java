package io.victorhub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Task;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Hour and weekday are those of the calendar, in every zone and on both sides of 1970. */
class TaskFeaturesProperties {

    private static final Task TASK = Task.of("t").build();

    @Property
    void hourAndWeekdayAreThoseOfTheZone(
            @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long second,
            @ForAll("zones") String zone) {
        Instant now = Instant.ofEpochSecond(second);

        TaskFeatures features = TaskFeatures.of(TASK, false, now, ZoneId.of(zone));

        ZonedDateTime local = now.atZone(ZoneId.of(zone));
        assertThat(features.hour()).isEqualTo(local.getHour());
        assertThat(features.weekday()).isEqualTo(local.getDayOfWeek().getValue());
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(
                "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "+14:00", "-12:00");
    }
}
