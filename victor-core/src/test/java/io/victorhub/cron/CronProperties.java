package io.victorhub.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The times of an expression are those that somebody finds who looks at the clock on the wall every minute. */
class CronProperties {

    /** A field as text, and which numbers it means, worked out apart. */
    record Part(String text, Predicate<Integer> means) {}

    /** An expression, and the day, hour and minute it means. */
    record Expression(Part minute, Part hour, Part day, Part month, Part weekday) {

        String text() {
            return String.join(" ", minute.text, hour.text, day.text, month.text, weekday.text);
        }

        boolean means(LocalDateTime time) {
            boolean byDay = day.means.test(time.getDayOfMonth());
            boolean byWeekday = weekday.means.test(time.getDayOfWeek().getValue() % 7);
            boolean star = day.text.startsWith("*") || weekday.text.startsWith("*");
            return time.getSecond() == 0
                    && time.getNano() == 0
                    && minute.means.test(time.getMinute())
                    && hour.means.test(time.getHour())
                    && month.means.test(time.getMonthValue())
                    && (star ? byDay && byWeekday : byDay || byWeekday);
        }
    }

    @Property(tries = 400)
    void findsWhatALookAtEveryMinuteFinds(
            @ForAll("expressions") Expression expression, @ForAll("changes") ZonedDateTime start) {
        Cron cron = Cron.parse(expression.text());
        Instant end = start.toInstant().plus(Duration.ofDays(3));

        List<Instant> found = new ArrayList<>();
        for (Instant at = cron.next(start.toInstant(), start.getZone());
                at.isBefore(end);
                at = cron.next(at, start.getZone())) {
            found.add(at);
        }

        assertThat(found).isEqualTo(looked(expression, start, end));
    }

    @Property(tries = 300)
    void findsTheNextDayThatALookAtEveryDayFinds(@ForAll("expressions") Expression expression) {
        Cron cron = Cron.parse(expression.text());
        LocalDateTime from = LocalDateTime.parse("2026-01-05T09:00");

        LocalDateTime next = cron.nextFrom(from);

        assertThat(expression.means(next)).isTrue();
        assertThat(next).isAfterOrEqualTo(from);
        long days = Math.min(800, ChronoUnit.DAYS.between(from, next));
        for (LocalDateTime at = next.minusDays(1); days > 0 && !at.isBefore(from); at = at.minusDays(1), days--) {
            assertThat(expression.means(at)).isFalse();
        }
    }

    @Property(tries = 200)
    void neverStandsStill(@ForAll("expressions") Expression expression, @ForAll("changes") ZonedDateTime start) {
        Cron cron = Cron.parse(expression.text());

        Instant at = start.toInstant();
        for (int i = 0; i < 20; i++) {
            Instant next = cron.next(at, start.getZone());
            assertThat(next).isAfter(at);
            assertThat(cron.next(next.minusNanos(1), start.getZone())).isEqualTo(next);
            at = next;
        }
    }

    /** One who looks at the clock every minute, and remembers what it has shown. */
    private static List<Instant> looked(Expression expression, ZonedDateTime start, Instant end) {
        boolean hands = expression.hour.text.startsWith("*");
        Set<LocalDateTime> shown = new HashSet<>();
        List<Instant> found = new ArrayList<>();
        ZonedDateTime before = start.minusHours(3).truncatedTo(ChronoUnit.MINUTES);
        shown.add(before.toLocalDateTime());
        for (ZonedDateTime now = before.plusMinutes(1); now.toInstant().isBefore(end); now = now.plusMinutes(1)) {
            boolean first = shown.add(now.toLocalDateTime());
            boolean comes = expression.means(now.toLocalDateTime()) && (hands || first);
            LocalDateTime leftOut = before.toLocalDateTime().plusMinutes(1);
            for (; leftOut.isBefore(now.toLocalDateTime()); leftOut = leftOut.plusMinutes(1)) {
                comes |= !hands && expression.means(leftOut);
            }
            if (comes && now.toInstant().isAfter(start.toInstant())) {
                found.add(now.toInstant());
            }
            before = now;
        }
        return found;
    }

    /** Within two days before a change of the clocks, or any moment in a zone without one. */
    @Provide
    Arbitrary<ZonedDateTime> changes() {
        Arbitrary<ZoneId> zones = Arbitraries.of(
                        "Europe/Berlin",
                        "America/New_York",
                        "Australia/Lord_Howe",
                        "America/Sao_Paulo",
                        "America/Goose_Bay",
                        "Africa/Cairo",
                        "Asia/Kathmandu",
                        "Antarctica/Troll",
                        "Pacific/Apia",
                        "UTC")
                .map(ZoneId::of);
        return Combinators.combine(
                        zones,
                        Arbitraries.integers().between(1990, 2030),
                        Arbitraries.integers().between(0, 364),
                        Arbitraries.integers().between(0, 2 * 24 * 60))
                .as((zone, year, day, minutes) -> {
                    Instant any = ZonedDateTime.of(year, 1, 1, 0, 0, 0, 0, zone)
                            .plusDays(day)
                            .toInstant();
                    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
                    Instant near = change == null ? any : change.getInstant();
                    return near.minus(Duration.ofMinutes(minutes)).atZone(zone);
                });
    }

    @Provide
    Arbitrary<Expression> expressions() {
        return Combinators.combine(numbers(0, 59, 0), numbers(0, 23, 0), days(), numbers(1, 12, 0), weekdays())
                .as(Expression::new)
                .filter(CronProperties::comesSometime);
    }

    private static boolean comesSometime(Expression expression) {
        for (YearMonth month = YearMonth.of(2000, 1); month.getYear() < 2041; month = month.plusMonths(1)) {
            for (int day = 1; day <= month.lengthOfMonth(); day++) {
                LocalDateTime date = month.atDay(day).atStartOfDay();
                Part any = new Part("*", number -> true);
                if (new Expression(any, any, expression.day, expression.month, expression.weekday).means(date)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Arbitrary<Part> days() {
        return numbers(1, 31, 2);
    }

    private static Arbitrary<Part> weekdays() {
        return numbers(0, 6, 2);
    }

    /** @param stars how often more a plain star comes */
    private static Arbitrary<Part> numbers(int min, int max, int stars) {
        Arbitrary<Integer> number = Arbitraries.integers().between(min, max);
        Arbitrary<Part> star = Arbitraries.just(new Part("*", n -> true));
        Arbitrary<Part> stepped = Arbitraries.integers()
                .between(1, max - min + 1)
                .map(step -> new Part("*/" + step, n -> (n - min) % step == 0));
        Arbitrary<Part> single = number.map(only -> new Part(String.valueOf(only), n -> n.equals(only)));
        Arbitrary<Part> range = Combinators.combine(
                        number, number, Arbitraries.integers().between(1, 5))
                .as((a, b, step) -> {
                    int first = Math.min(a, b);
                    int last = Math.max(a, b);
                    return new Part(
                            first + "-" + last + (step == 1 ? "" : "/" + step),
                            n -> n >= first && n <= last && (n - first) % step == 0);
                });
        Arbitrary<Part> list = Arbitraries.oneOf(single, range)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> new Part(
                        parts.stream().map(Part::text).collect(Collectors.joining(",")),
                        n -> parts.stream().anyMatch(part -> part.means.test(n))));
        return Arbitraries.frequencyOf(Tuple.of(1 + stars, star), Tuple.of(1, stepped), Tuple.of(3, list));
    }
}
