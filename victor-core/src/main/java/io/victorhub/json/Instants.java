package io.victorhub.json;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Instants as ISO-8601 in UTC, the same text as {@link Instant#toString()}, some ten times faster for the years 0 to 9999:
 * a task costs several of them.
 */
public final class Instants {

    /** No instant needs more bytes. */
    public static final int LONGEST = 40;

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int DAY = 86_400;
    private static final int DATE = 10;

    /** The date of the last instant that was written: most are of today. */
    private record Day(long number, byte[] text) {}

    private static volatile Day last = new Day(0, "1970-01-01".getBytes(StandardCharsets.US_ASCII));

    private Instants() {}

    /**
     * Writes an instant.
     *
     * @param to has room for {@link #LONGEST} bytes from {@code at} on
     * @return where the text ends
     */
    public static int write(Instant instant, byte[] to, int at) {
        long second = instant.getEpochSecond();
        if (second < FIRST || second > LAST) {
            byte[] text = instant.toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, to, at, text.length);
            return at + text.length;
        }
        System.arraycopy(date(Math.floorDiv(second, (long) DAY)), 0, to, at, DATE);
        int ofDay = (int) Math.floorMod(second, (long) DAY);
        int end = at + DATE;
        end = part(to, end, 'T', ofDay / 3600);
        end = part(to, end, ':', ofDay / 60 % 60);
        end = part(to, end, ':', ofDay % 60);
        end = fraction(to, end, instant.getNano());
        to[end] = 'Z';
        return end + 1;
    }

    /**
     * {@return the instant that the bytes say}
     *
     * @throws DateTimeException if they say none
     */
    public static Instant parse(byte[] from, int start, int end) {
        if (end - start < 20 || from[start + 4] != '-' || from[start + DATE] != 'T' || from[end - 1] != 'Z') {
            return Instant.parse(new String(from, start, end - start, StandardCharsets.UTF_8));
        }
        int year = digits(from, start, 2) * 100 + digits(from, start + 2, 2);
        long day = day(year, digits(from, start + 5, 2), digits(from, start + 8, 2));
        int hour = digits(from, start + 11, 2);
        int minute = digits(from, start + 14, 2);
        int second = digits(from, start + 17, 2);
        int nano = 0;
        int count = end - 1 - (start + 20);
        if (count > 9
                || count == 0
                || count > 0 && from[start + 19] != '.'
                || hour > 23
                || minute > 59
                || second > 59) {
            return Instant.parse(new String(from, start, end - start, StandardCharsets.UTF_8));
        }
        for (int i = 0; i < 9; i++) {
            nano = nano * 10 + (i < count ? digits(from, start + 20 + i, 1) : 0);
        }
        return Instant.ofEpochSecond(day * DAY + hour * 3600 + minute * 60 + second, nano);
    }

    /** Days since 1970; source: H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil. */
    private static long day(int year, int month, int dayOfMonth) {
        if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 28) {
            return LocalDate.of(year, month, dayOfMonth).toEpochDay(); // checks what this does not
        }
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static byte[] date(long day) {
        Day known = last;
        if (known.number() != day) {
            known = new Day(day, LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII));
            last = known;
        }
        return known.text();
    }

    private static int part(byte[] to, int at, char before, int value) {
        to[at] = (byte) before;
        to[at + 1] = (byte) ('0' + value / 10);
        to[at + 2] = (byte) ('0' + value % 10);
        return at + 3;
    }

    /** Three, six or nine digits, as few as say it all; none for none. */
    private static int fraction(byte[] to, int at, int nano) {
        if (nano == 0) {
            return at;
        }
        int count = nano % 1_000_000 == 0 ? 3 : nano % 1000 == 0 ? 6 : 9;
        int value = nano;
        for (int i = 9; i > count; i--) {
            value /= 10;
        }
        to[at] = '.';
        for (int i = count; i > 0; i--) {
            to[at + i] = (byte) ('0' + value % 10);
            value /= 10;
        }
        return at + count + 1;
    }

    private static int digits(byte[] from, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            int digit = from[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("no digit where one must be");
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
