package io.victorhub.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression of five fields: minute, hour, day of month, month, day of week; or one of the names {@code @hourly},
 * {@code @daily}, {@code @midnight}, {@code @weekly}, {@code @monthly}, {@code @yearly}, {@code @annually}. Immutable; two
 * are equal if their texts are.
 *
 * <p>A field is a star, a number, a name ({@code jan}, {@code mon}, whatever the case), a range {@code a-b}, any of them
 * with a step {@code /n}, or a list of these. Day of month also takes {@code L} (the last), {@code L-3} (three days before
 * it), {@code 15W} (Monday to Friday, whichever is nearest to the 15th in its month), {@code LW}; day of week takes
 * {@code 5L} (the last Friday) and {@code 5#2} (the second Friday), 0 and 7 for Sunday, and ranges over the end of the
 * week. {@code ?} is a star in both. Where both day fields are restricted, a day that suits either is meant.
 *
 * <p>The times follow the hands of the clock if the hour begins with a star; else they are fixed.
 */
public final class Cron implements WallTimes {

    /** The calendar repeats itself after so many years. */
    private static final int CYCLE_YEARS = 400;

    private static final int MINUTES = 60;
    private static final int HOURS = 24;

    private static final Map<String, String> NAMED = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    private final String text;
    private final long minutes;
    private final long hours;
    private final long months;
    private final Days days;
    private final boolean followHands;

    private Cron(String text, String[] fields) {
        this.text = text;
        this.minutes = numbers(Field.MINUTE, fields[0]);
        this.hours = numbers(Field.HOUR, fields[1]);
        this.months = numbers(Field.MONTH, fields[3]);
        this.days = new Days(star(fields[2]), star(fields[4]));
        this.followHands = fields[1].startsWith("*");
    }

    /**
     * {@return the times that an expression means}
     *
     * @throws IllegalArgumentException if it is none, or means no time that ever comes; the message says which field, why,
     *     and what to write instead
     */
    public static Cron parse(String expression) {
        String text = expression.strip();
        String meant = text.startsWith("@") ? named(text) : text;
        String[] fields = meant.split("\\s+");
        if (fields.length != Field.values().length || meant.isEmpty()) {
            int found = meant.isEmpty() ? 0 : fields.length;
            throw refused(
                    text,
                    "it has " + found + " fields; it must have 5: minute, hour, day of month, month, day of week"
                            + (found == 6 ? " (there are no seconds)" : ""),
                    null);
        }
        try {
            Cron cron = new Cron(text, fields);
            if (cron.nextDate(LocalDate.of(2000, 1, 1)) == null) {
                throw refused(
                        text,
                        "no such day ever comes: day of month '" + fields[2] + "' in month '" + fields[3]
                                + "'; choose one that the month has, or L for its last",
                        null);
            }
            return cron;
        } catch (FieldException e) {
            throw refused(text, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public LocalDateTime nextFrom(LocalDateTime from) {
        LocalDateTime minute = from.withSecond(0).withNano(0);
        LocalDateTime first = minute.isBefore(from) ? minute.plusMinutes(1) : minute;
        LocalDate date = existing(first.toLocalDate());
        if (date.equals(first.toLocalDate())) {
            int time = nextTime(first.getHour(), first.getMinute());
            if (time >= 0) {
                return date.atTime(time / MINUTES, time % MINUTES);
            }
            date = existing(date.plusDays(1));
        }
        int time = nextTime(0, 0);
        return date.atTime(time / MINUTES, time % MINUTES);
    }

    @Override
    public boolean followHands() {
        return followHands;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cron that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the expression as it was given, without blanks around it} */
    @Override
    public String toString() {
        return text;
    }

    static List<String> parts(Field field, String text) {
        String[] parts = text.split(",", -1);
        for (String part : parts) {
            if (part.isEmpty()) {
                throw new FieldException(field, text, "must have something on both sides of each comma");
            }
        }
        return List.of(parts);
    }

    private static long numbers(Field field, String text) {
        long numbers = 0;
        for (String part : parts(field, text)) {
            numbers |= Numbers.read(field, part);
        }
        return numbers;
    }

    private static String star(String field) {
        return field.equals("?") ? "*" : field;
    }

    private static String named(String text) {
        String meant = NAMED.get(text.toLowerCase(Locale.ROOT));
        if (meant == null) {
            throw refused(
                    text,
                    "there is no such name; write @hourly, @daily, @weekly, @monthly, @yearly, or five fields",
                    null);
        }
        return meant;
    }

    private static IllegalArgumentException refused(String text, String why, @Nullable Exception cause) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return new IllegalArgumentException("cron expression '" + shown + "': " + why, cause);
    }

    private LocalDate existing(LocalDate from) {
        LocalDate date = nextDate(from);
        if (date == null) { // the check of 400 years, after which dates repeat, has found one
            throw new IllegalStateException("cron expression '" + text + "' has no date after " + from);
        }
        return date;
    }

    /** {@return the first date that is meant, from that one on; null if there is none in all the calendar} */
    private @Nullable LocalDate nextDate(LocalDate from) {
        YearMonth month = YearMonth.from(from);
        YearMonth end = month.plusYears(CYCLE_YEARS).plusMonths(1);
        long notBefore = -1L << from.getDayOfMonth();
        while (month.isBefore(end)) {
            if ((months >> month.getMonthValue() & 1) == 1) {
                long meant = days.in(month) & notBefore;
                if (meant != 0) {
                    return month.atDay(Long.numberOfTrailingZeros(meant));
                }
            }
            notBefore = -1;
            month = month.plusMonths(1);
        }
        return null;
    }

    /** {@return the first time of a day that is meant, from that one on, in minutes; -1 if there is none} */
    private int nextTime(int fromHour, int fromMinute) {
        long laterThisHour = minutes & -1L << fromMinute;
        if ((hours >> fromHour & 1) == 1 && laterThisHour != 0) {
            return fromHour * MINUTES + Long.numberOfTrailingZeros(laterThisHour);
        }
        long laterHours = fromHour + 1 < HOURS ? hours & -1L << (fromHour + 1) : 0;
        return laterHours == 0
                ? -1
                : Long.numberOfTrailingZeros(laterHours) * MINUTES + Long.numberOfTrailingZeros(minutes);
    }
}
