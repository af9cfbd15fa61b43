package io.victorhub.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of times where clocks are set forward or back. */
class WallTimesTest {

    /** Berlin: 29 March 2026, 02:00 becomes 03:00 at 01:00Z; 25 October 2026, 03:00 becomes 02:00 at 01:00Z. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Europe/Berlin       | 30 2 * * *       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z
            Europe/Berlin       | 0,30 2,3 * * *   | 2026-03-29T00:00:00Z | 2026-03-29T01:00:00Z 2026-03-29T01:30:00Z
            Europe/Berlin       | */15 2 * * *     | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z
            Europe/Berlin       | 30 * * * *       | 2026-03-29T00:00:00Z | 2026-03-29T00:30:00Z 2026-03-29T01:30:00Z
            Europe/Berlin       | */30 * * * *     | 2026-03-29T00:30:00Z | 2026-03-29T01:00:00Z 2026-03-29T01:30:00Z
            Europe/Berlin       | 30 2 * * *       | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z
            Europe/Berlin       | 30 2 * * *       | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z 2026-10-27T01:30:00Z
            Europe/Berlin       | 30 2 * * *       | 2026-10-25T01:10:00Z | 2026-10-26T01:30:00Z 2026-10-27T01:30:00Z
            Europe/Berlin       | 0 3 * * *        | 2026-10-25T00:30:00Z | 2026-10-25T02:00:00Z 2026-10-26T02:00:00Z
            Europe/Berlin       | 30 * * * *       | 2026-10-25T00:00:00Z | 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z
            Europe/Berlin       | 0 */2 * * *      | 2026-10-24T23:00:00Z | 2026-10-25T00:00:00Z 2026-10-25T01:00:00Z
            America/New_York    | 30 2 * * *       | 2026-03-07T12:00:00Z | 2026-03-08T07:00:00Z 2026-03-09T06:30:00Z
            America/New_York    | 30 1 * * *       | 2026-11-01T04:00:00Z | 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z
            America/New_York    | */30 * * * *     | 2026-11-01T05:30:00Z | 2026-11-01T06:00:00Z 2026-11-01T06:30:00Z
            Australia/Lord_Howe | 10 2 * * *       | 2026-10-03T12:00:00Z | 2026-10-03T15:30:00Z 2026-10-04T15:10:00Z
            Australia/Lord_Howe | 45 1 * * *       | 2026-04-04T12:00:00Z | 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z
            Australia/Lord_Howe | */15 * * * *     | 2026-04-04T14:45:00Z | 2026-04-04T15:00:00Z 2026-04-04T15:15:00Z
            America/Sao_Paulo   | 0 0 * * *        | 2018-11-03T12:00:00Z | 2018-11-04T03:00:00Z 2018-11-05T02:00:00Z
            America/Sao_Paulo   | 30 23 * * *      | 2018-02-17T12:00:00Z | 2018-02-18T01:30:00Z 2018-02-19T02:30:00Z
            Pacific/Apia        | 0 8 * * *        | 2011-12-29T18:00:00Z | 2011-12-30T10:00:00Z 2011-12-30T18:00:00Z
            Pacific/Apia        | 0 8 30 12 *      | 2011-01-01T00:00:00Z | 2011-12-30T10:00:00Z 2012-12-29T18:00:00Z
            America/Goose_Bay   | 0 0 * * *        | 2008-11-01T12:00:00Z | 2008-11-02T03:00:00Z 2008-11-03T04:00:00Z
            America/Goose_Bay   | 0 * * * *        | 2008-11-02T02:30:00Z | 2008-11-02T03:00:00Z 2008-11-02T04:00:00Z
            Asia/Kathmandu      | 0 9 * * *        | 2026-01-05T00:00:00Z | 2026-01-05T03:15:00Z 2026-01-06T03:15:00Z
            """)
    void comeAboutOnceOrAsOftenAsTheHandsShowThem(String zone, String expression, Instant after, String instants) {
        assertThat(next(Cron.parse(expression), after, ZoneId.of(zone), 2))
                .extracting(Instant::toString)
                .containsExactly(instants.split(" "));
    }

    @Test
    void aDailyTimeIsFixedAndMayHaveSeconds() {
        WallTimes daily = new DailyTime(LocalTime.parse("02:30:15.5"));

        assertThat(next(daily, Instant.parse("2026-03-27T12:00:00Z"), ZoneId.of("Europe/Berlin"), 3))
                .extracting(Instant::toString)
                .containsExactly("2026-03-28T01:30:15.500Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:15.500Z");
        assertThat(next(daily, Instant.parse("2026-10-24T12:00:00Z"), ZoneId.of("Europe/Berlin"), 2))
                .extracting(Instant::toString)
                .containsExactly("2026-10-25T00:30:15.500Z", "2026-10-26T01:30:15.500Z");
    }

    @Test
    void theFirstInstantAfterAGapCountsFromTheNanosecondBefore() {
        Instant gap = Instant.parse("2026-03-29T01:00:00Z");

        assertThat(next(Cron.parse("30 2 * * *"), gap.minusNanos(1), ZoneId.of("Europe/Berlin"), 1))
                .containsExactly(gap);
        assertThat(next(Cron.parse("30 2 * * *"), gap, ZoneId.of("Europe/Berlin"), 1))
                .containsExactly(Instant.parse("2026-03-30T00:30:00Z"));
    }

    private static List<Instant> next(WallTimes times, Instant after, ZoneId zone, int count) {
        List<Instant> found = new ArrayList<>();
        Instant at = after;
        while (found.size() < count) {
            at = times.next(at, zone);
            found.add(at);
        }
        return found;
    }
}
