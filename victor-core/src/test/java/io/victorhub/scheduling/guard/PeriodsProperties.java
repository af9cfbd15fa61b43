package io.victorhub.scheduling.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PeriodsProperties {

    private static final String[] ZONES = {
        "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo"
    };
    private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");

    @Property(tries = 500)
    void aPeriodHoldsWhatTheWallShowsAsTheSameHourOrDay(
            @ForAll @IntRange(max = 5) int zone,
            @ForAll @IntRange(max = 2 * 365 * 24 * 60) int minute,
            @ForAll @IntRange(max = 2 * 365 * 24 * 60) int before) {
        ZoneId in = ZoneId.of(ZONES[zone]);
        Periods periods = new Periods(in);
        periods.hour(FROM.plus(Duration.ofMinutes(before)).toEpochMilli()); // what was asked before does not matter
        periods.day(FROM.plus(Duration.ofMinutes(before)).toEpochMilli());
        long at = FROM.plus(Duration.ofMinutes(minute)).toEpochMilli();

        Periods.Period hour = periods.hour(at);
        Periods.Period day = periods.day(at);

        ZonedDateTime shown = Instant.ofEpochMilli(at).atZone(in);
        assertThat(hour.holds(at)).isTrue();
        assertThat(day.holds(at)).isTrue();
        assertThat(wall(hour.start(), in).getHour()).isEqualTo(shown.getHour());
        assertThat(wall(hour.end() - 1, in).getHour()).isEqualTo(shown.getHour());
        assertThat(wall(hour.end(), in).getHour())
                .isNotEqualTo(wall(hour.end() - 1, in).getHour());
        assertThat(wall(day.start(), in).toLocalDate()).isEqualTo(shown.toLocalDate());
        assertThat(wall(day.end() - 1, in).toLocalDate()).isEqualTo(shown.toLocalDate());
        assertThat(wall(day.start() - 1, in).toLocalDate()).isNotEqualTo(shown.toLocalDate());
        assertThat(wall(day.end(), in).toLocalDate()).isNotEqualTo(shown.toLocalDate());
    }

    @Example
    void daysOfTwentyThreeAndTwentyFiveHoursAreDays() {
        Periods berlin = new Periods(ZoneId.of("Europe/Berlin"));

        assertThat(hours(berlin.day(millis("2026-03-29T12:00:00Z")))).isEqualTo(23);
        assertThat(hours(berlin.day(millis("2026-10-25T12:00:00Z")))).isEqualTo(25);
        assertThat(hours(berlin.day(millis("2026-10-26T12:00:00Z")))).isEqualTo(24);
    }

    @Example
    void theHourThatComesTwiceIsTwoHours() {
        Periods berlin = new Periods(ZoneId.of("Europe/Berlin"));

        Periods.Period summer = berlin.hour(millis("2026-10-25T00:30:00Z"));
        Periods.Period winter = berlin.hour(millis("2026-10-25T01:30:00Z"));

        assertThat(summer)
                .isEqualTo(new Periods.Period(millis("2026-10-25T00:00:00Z"), millis("2026-10-25T01:00:00Z")));
        assertThat(winter)
                .isEqualTo(new Periods.Period(millis("2026-10-25T01:00:00Z"), millis("2026-10-25T02:00:00Z")));
    }

    private static long hours(Periods.Period period) {
        return Duration.ofMillis(period.end() - period.start()).toHours();
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    private static ZonedDateTime wall(long millis, ZoneId zone) {
        return Instant.ofEpochMilli(millis).atZone(zone);
    }
}
