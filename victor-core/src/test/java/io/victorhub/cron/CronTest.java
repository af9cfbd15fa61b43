package io.victorhub.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions mean; 5 January 2026 is a Monday. */
class CronTest {

    private static final LocalDateTime NINE = LocalDateTime.parse("2026-01-05T09:00");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * *            | 2026-01-05T09:00 2026-01-05T09:01 2026-01-05T09:02
            */20 * * * *         | 2026-01-05T09:00 2026-01-05T09:20 2026-01-05T09:40
            30 2 * * *           | 2026-01-06T02:30 2026-01-07T02:30 2026-01-08T02:30
            5,10 9,11 * * *      | 2026-01-05T09:05 2026-01-05T09:10 2026-01-05T11:05
            0 22-23,0-1 * * *    | 2026-01-05T22:00 2026-01-05T23:00 2026-01-06T00:00
            0 9-17/4 * * 1-5     | 2026-01-05T09:00 2026-01-05T13:00 2026-01-05T17:00
            50/5 9 * * *         | 2026-01-05T09:50 2026-01-05T09:55 2026-01-06T09:50
            0 0 * * MON,fri      | 2026-01-09T00:00 2026-01-12T00:00 2026-01-16T00:00
            0 0 * * fri-mon      | 2026-01-09T00:00 2026-01-10T00:00 2026-01-11T00:00
            0 0 * * 0            | 2026-01-11T00:00 2026-01-18T00:00 2026-01-25T00:00
            0 0 * * 7            | 2026-01-11T00:00 2026-01-18T00:00 2026-01-25T00:00
            0 0 * * 5-7          | 2026-01-09T00:00 2026-01-10T00:00 2026-01-11T00:00
            0 0 1 feb,AUG *      | 2026-02-01T00:00 2026-08-01T00:00 2027-02-01T00:00
            0 0 31 * *           | 2026-01-31T00:00 2026-03-31T00:00 2026-05-31T00:00
            0 0 29 2 *           | 2028-02-29T00:00 2032-02-29T00:00 2036-02-29T00:00
            0 0 L * *            | 2026-01-31T00:00 2026-02-28T00:00 2026-03-31T00:00
            0 0 l-3 2 ?          | 2026-02-25T00:00 2027-02-25T00:00 2028-02-26T00:00
            0 0 15W * *          | 2026-01-15T00:00 2026-02-16T00:00 2026-03-16T00:00
            0 0 1W * *           | 2026-02-02T00:00 2026-03-02T00:00 2026-04-01T00:00
            0 0 31W * *          | 2026-01-30T00:00 2026-03-31T00:00 2026-05-29T00:00
            0 0 LW * *           | 2026-01-30T00:00 2026-02-27T00:00 2026-03-31T00:00
            0 0 ? * 5L           | 2026-01-30T00:00 2026-02-27T00:00 2026-03-27T00:00
            0 0 * * friL         | 2026-01-30T00:00 2026-02-27T00:00 2026-03-27T00:00
            0 0 * * 5#2          | 2026-01-09T00:00 2026-02-13T00:00 2026-03-13T00:00
            0 0 * * thu#5        | 2026-01-29T00:00 2026-04-30T00:00 2026-07-30T00:00
            0 0 13 * 5           | 2026-01-09T00:00 2026-01-13T00:00 2026-01-16T00:00
            0 0 */2 * 1          | 2026-01-19T00:00 2026-02-09T00:00 2026-02-23T00:00
            0 0 13 * */2         | 2026-01-13T00:00 2026-06-13T00:00 2026-08-13T00:00
            @hourly              | 2026-01-05T09:00 2026-01-05T10:00 2026-01-05T11:00
            @Daily               | 2026-01-06T00:00 2026-01-07T00:00 2026-01-08T00:00
            @midnight            | 2026-01-06T00:00 2026-01-07T00:00 2026-01-08T00:00
            @weekly              | 2026-01-11T00:00 2026-01-18T00:00 2026-01-25T00:00
            @monthly             | 2026-02-01T00:00 2026-03-01T00:00 2026-04-01T00:00
            @yearly              | 2027-01-01T00:00 2028-01-01T00:00 2029-01-01T00:00
            @annually            | 2027-01-01T00:00 2028-01-01T00:00 2029-01-01T00:00
            """)
    void meansTheTimesThatItSays(String expression, String times) {
        Cron cron = Cron.parse(expression);

        List<LocalDateTime> found = new ArrayList<>();
        for (LocalDateTime from = NINE;
                found.size() < 3;
                from = found.get(found.size() - 1).plusNanos(1)) {
            found.add(cron.nextFrom(from));
        }

        assertThat(found).extracting(LocalDateTime::toString).containsExactly(times.split(" "));
    }

    @Test
    void comesAtTheBeginningOfAMinuteAndStrictlyAfter() {
        Cron cron = Cron.parse("  0   10\t* * *  ");

        assertThat(cron).hasToString("0   10\t* * *");
        assertThat(cron.next(Instant.parse("2026-01-05T09:59:59.999999999Z"), ZoneOffset.UTC))
                .isEqualTo("2026-01-05T10:00:00Z");
        assertThat(cron.next(Instant.parse("2026-01-05T10:00:00Z"), ZoneOffset.UTC))
                .isEqualTo("2026-01-06T10:00:00Z");
        assertThat(cron.next(Instant.parse("2026-01-05T10:00:00.000000001Z"), ZoneOffset.UTC))
                .isEqualTo("2026-01-06T10:00:00Z");
    }

    @Test
    void findsADayThatComesOnceInDecades() {
        Cron cron = Cron.parse("0 0 * 2 4#5"); // a leap year that begins its February on a Thursday

        assertThat(cron.nextFrom(NINE)).isEqualTo("2052-02-29T00:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 30-31 feb *", "0 0 30W 2 *"})
    void refusesDaysThatNeverCome(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cron.parse(expression))
                .withMessageStartingWith("cron expression '" + expression + "': no such day ever comes: day of month '")
                .withMessageEndingWith("'; choose one that the month has, or L for its last");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            60 * * * *      | minute '60' must be 0 to 59
            -1 * * * *      | minute '-1' must be 0 to 59
            * 24 * * *      | hour '24' must be 0 to 23
            * * 0 * *       | day of month '0' must be 1 to 31
            * * 32 * *      | day of month '32' must be 1 to 31
            * * * 13 *      | month '13' must be 1 to 12 or jan to dec
            * * * sep-13 *  | month 'sep-13' must be 1 to 12 or jan to dec
            * * * * 8       | day of week '8' must be 0 to 7 or sun to sat
            * * * * monday  | day of week 'monday' must be 0 to 7 or sun to sat
            * 22-2 * * *    | hour '22-2' runs backwards; write it as two ranges, 22-23,0-2
            */0 * * * *     | minute '*/0' must have a step of 1 to 60 behind the '/'
            */61 * * * *    | minute '*/61' must have a step of 1 to 60 behind the '/'
            */x * * * *     | minute '*/x' must have a step of 1 to 60 behind the '/'
            * * * * */8     | day of week '*/8' must have a step of 1 to 7 behind the '/'
            1,,2 * * * *    | minute '1,,2' must have something on both sides of each comma
            1, * * * *      | minute '1,' must have something on both sides of each comma
            1- * * * *      | minute '1-' must be 0 to 59
            1-2-3 * * * *   | minute '1-2-3' must be 0 to 59
            *5 * * * *      | minute '*5' must be 0 to 59
            ٣ * * * *       | minute '٣' must be 0 to 59
            99999999999 * * * * | minute '99999999999' must be 0 to 59
            * * L-28 * *    | day of month 'L-28' must have 0 to 27 days behind 'L-'
            * * W * *       | day of month 'W' must be 1 to 31
            * * ?,1 * *     | day of month '?' must be 1 to 31
            * * * * L       | day of week 'L' must say which day, such as 5L for the last Friday of the month
            * * * * 5#6     | day of week '5#6' must have 1 to 5 behind the '#'
            * * * * #1      | day of week '#1' must be 0 to 7 or sun to sat
            * * * *         | it has 4 fields; it must have 5: minute, hour, day of month, month, day of week
            0 * * * * *     | it has 6 fields; it must have 5: minute, hour, day of month, month, day of week (there are no seconds)
            ""              | it has 0 fields; it must have 5: minute, hour, day of month, month, day of week
            @reboot         | there is no such name; write @hourly, @daily, @weekly, @monthly, @yearly, or five fields
            """)
    void saysWhatIsWrongAndWhatToWrite(String expression, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cron.parse(expression))
                .withMessage("cron expression '" + expression + "': " + why);
    }

    @Test
    void showsTheBeginningOfWhatIsFarTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cron.parse("1,".repeat(10_000)))
                .withMessageStartingWith("cron expression '1,1,")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void isEqualToOneOfTheSameText() {
        assertThat(Cron.parse("@daily")).isEqualTo(Cron.parse(" @daily ")).hasSameHashCodeAs(Cron.parse("@daily"));
        assertThat(Cron.parse("@daily")).isNotEqualTo(Cron.parse("0 0 * * *"));
    }
}
