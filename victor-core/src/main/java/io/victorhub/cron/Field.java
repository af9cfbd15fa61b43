package io.victorhub.cron;

import java.util.List;
import java.util.Locale;

/** A field of an expression: what it is called, which numbers it takes, and which names stand for them. */
enum Field {
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of month", 1, 31, List.of()),
    MONTH("month", 1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    DAY_OF_WEEK("day of week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    final String words;
    final int min;
    final int max;
    private final List<String> names;

    Field(String words, int min, int max, List<String> names) {
        this.words = words;
        this.min = min;
        this.max = max;
        this.names = names;
    }

    /** {@return the number that a piece of the field means; -1 if it means none} */
    int number(String text) {
        int name = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (name >= 0) {
            return name + min;
        }
        if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int number = Integer.parseInt(text);
        return number >= min && number <= max ? number : -1;
    }

    /** {@return what may stand there, in words} */
    String range() {
        return min + " to " + max
                + (names.isEmpty() ? "" : " or " + names.get(0) + " to " + names.get(names.size() - 1));
    }
}
