package io.victorhub.cron;

import java.time.DayOfWeek;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which days of a month are meant: by their number, their weekday, or either. As in the crontab of old: where both fields
 * say something, a day that suits one of them is meant; where one of them begins with a star, it must suit both.
 */
final class Days {

    /** A rule that depends on the month; gives a set of days as bits. */
    private interface Rule {
        long in(YearMonth month);
    }

    private final List<Rule> byNumber = new ArrayList<>();
    private final List<Rule> byWeekday = new ArrayList<>();
    private final boolean either;

    Days(String daysOfMonth, String daysOfWeek) {
        for (String part : Cron.parts(Field.DAY_OF_MONTH, daysOfMonth)) {
            byNumber.add(numbered(part));
        }
        for (String part : Cron.parts(Field.DAY_OF_WEEK, daysOfWeek)) {
            byWeekday.add(weekday(part));
        }
        either = !daysOfMonth.startsWith("*") && !daysOfWeek.startsWith("*");
    }

    /** {@return a set with a bit for each day of the month that is meant} */
    long in(YearMonth month) {
        long numbered = any(byNumber, month);
        long weekdays = any(byWeekday, month);
        long all = (1L << (month.lengthOfMonth() + 1)) - 2;
        return all & (either ? numbered | weekdays : numbered & weekdays);
    }

    private static long any(List<Rule> rules, YearMonth month) {
        long days = 0;
        for (Rule rule : rules) {
            days |= rule.in(month);
        }
        return days;
    }

    private static Rule numbered(String part) {
        String upper = part.toUpperCase(Locale.ROOT);
        if (upper.equals("L")) {
            return month -> 1L << month.lengthOfMonth();
        } else if (upper.equals("LW") || upper.equals("WL")) {
            return month -> 1L << nearestWeekday(month, month.lengthOfMonth());
        } else if (upper.startsWith("L-")) {
            int before = before(upper.substring(2), part);
            return month -> 1L << (month.lengthOfMonth() - before);
        } else if (upper.endsWith("W")) {
            int day = Numbers.number(Field.DAY_OF_MONTH, part.substring(0, part.length() - 1), part);
            return month -> day > month.lengthOfMonth() ? 0 : 1L << nearestWeekday(month, day);
        }
        long days = Numbers.read(Field.DAY_OF_MONTH, part);
        return month -> days;
    }

    /** Never more than any month has, so that it names a day of each. */
    private static int before(String text, String part) {
        int before = text.equals("0") ? 0 : Field.DAY_OF_MONTH.number(text);
        if (before < 0 || before > 27) {
            throw new FieldException(Field.DAY_OF_MONTH, part, "must have 0 to 27 days behind 'L-'");
        }
        return before;
    }

    private static Rule weekday(String part) {
        String upper = part.toUpperCase(Locale.ROOT);
        int hash = part.indexOf('#');
        if (upper.equals("L")) {
            throw new FieldException(
                    Field.DAY_OF_WEEK, part, "must say which day, such as 5L for the last Friday of the month");
        } else if (hash >= 0) {
            int weekday = Numbers.number(Field.DAY_OF_WEEK, part.substring(0, hash), part) % 7;
            String which = part.substring(hash + 1);
            if (which.length() != 1 || which.charAt(0) < '1' || which.charAt(0) > '5') {
                throw new FieldException(Field.DAY_OF_WEEK, part, "must have 1 to 5 behind the '#'");
            }
            int weeks = which.charAt(0) - '1';
            return month -> 1L << (first(month, weekday) + 7 * weeks); // beyond the month it is cut off
        } else if (upper.endsWith("L")) {
            int weekday = Numbers.number(Field.DAY_OF_WEEK, part.substring(0, part.length() - 1), part) % 7;
            return month -> 1L << last(month, weekday);
        }
        long weekdays = Numbers.read(Field.DAY_OF_WEEK, part);
        return month -> daysOf(month, weekdays);
    }

    private static long daysOf(YearMonth month, long weekdays) {
        long days = 0;
        int weekday = weekday(month, 1);
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            days |= (weekdays >> weekday & 1) << day;
            weekday = (weekday + 1) % 7;
        }
        return days;
    }

    private static int first(YearMonth month, int weekday) {
        return 1 + (weekday - weekday(month, 1) + 7) % 7;
    }

    private static int last(YearMonth month, int weekday) {
        int length = month.lengthOfMonth();
        return length - (weekday(month, length) - weekday + 7) % 7;
    }

    /** Monday to Friday, without leaving the month. */
    private static int nearestWeekday(YearMonth month, int day) {
        DayOfWeek weekday = month.atDay(day).getDayOfWeek();
        if (weekday == DayOfWeek.SATURDAY) {
            return day == 1 ? 3 : day - 1;
        } else if (weekday == DayOfWeek.SUNDAY) {
            return day == month.lengthOfMonth() ? day - 2 : day + 1;
        }
        return day;
    }

    /** Sunday is 0. */
    private static int weekday(YearMonth month, int day) {
        return month.atDay(day).getDayOfWeek().getValue() % 7;
    }
}
