package io.victorhub.scheduling.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** The hours and days of a zone: a day may have 23 or 25 hours. Guarded by the lock of {@link Budgets}. */
final class Periods {

    /** From its first instant to the one behind its last, in milliseconds. */
    record Period(long start, long end) {
        boolean holds(long millis) {
            return millis >= start && millis < end;
        }
    }

    /** Offsets of zones are whole quarters of hours, and hours begin with them. */
    private static final Duration STEP = Duration.ofMinutes(15);

    private final ZoneId zone;
    private Period lastHour = new Period(0, 0);
    private Period lastDay = new Period(0, 0);

    Periods(ZoneId zone) {
        this.zone = zone;
    }

    Period hour(long millis) {
        if (!lastHour.holds(millis)) {
            Instant start = startOfHour(Instant.ofEpochMilli(millis));
            Instant end = start.plus(STEP);
            while (startOfHour(end).equals(start)) {
                end = end.plus(STEP);
            }
            lastHour = new Period(start.toEpochMilli(), end.toEpochMilli());
        }
        return lastHour;
    }

    Period day(long millis) {
        if (!lastDay.holds(millis)) {
            ZonedDateTime at = Instant.ofEpochMilli(millis).atZone(zone);
            lastDay = new Period(
                    at.toLocalDate().atStartOfDay(zone).toInstant().toEpochMilli(),
                    at.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli());
        }
        return lastDay;
    }

    private Instant startOfHour(Instant at) {
        return at.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
    }
}
