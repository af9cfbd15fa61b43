package io.victorhub.cron;

/** Reads what is common to all fields: numbers, names, ranges, steps and stars, into one bit for each number. */
final class Numbers {

    private Numbers() {}

    /** {@return a set with a bit for each number that a part of a field means} */
    static long read(Field field, String part) {
        int slash = part.indexOf('/');
        String range = slash < 0 ? part : part.substring(0, slash);
        int step = slash < 0 ? 1 : step(field, part.substring(slash + 1), part);
        if (range.equals("*")) {
            return bits(field, field.min, lastOfStar(field), step);
        }
        int dash = range.indexOf('-', 1);
        if (dash < 0) {
            int only = number(field, range, part);
            return bits(field, only, slash < 0 ? only : lastOfStar(field), step);
        }
        int first = number(field, range.substring(0, dash), part);
        int last = number(field, range.substring(dash + 1), part);
        if (first > last && field == Field.DAY_OF_WEEK) {
            return bits(field, first, last + 7, step); // over the end of the week: fri-mon
        }
        if (first > last) {
            throw new FieldException(
                    field,
                    part,
                    "runs backwards; write it as two ranges, " + first + "-" + field.max + "," + field.min + "-"
                            + last);
        }
        return bits(field, first, last, step);
    }

    /** {@return the number that a text means} */
    static int number(Field field, String text, String part) {
        int number = field.number(text);
        if (number < 0) {
            throw new FieldException(field, part, "must be " + field.range());
        }
        return number;
    }

    private static int step(Field field, String text, String part) {
        int longest = lastOfStar(field) - field.min + 1;
        int step = text.length() > 0 && text.length() < 4 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(text)
                : 0;
        if (step < 1 || step > longest) {
            throw new FieldException(field, part, "must have a step of 1 to " + longest + " behind the '/'");
        }
        return step;
    }

    /** Sunday is 0 and 7; a star means it once. */
    private static int lastOfStar(Field field) {
        return field == Field.DAY_OF_WEEK ? 6 : field.max;
    }

    private static long bits(Field field, int first, int last, int step) {
        long bits = 0;
        for (int i = first; i <= last; i += step) {
            bits |= 1L << (field == Field.DAY_OF_WEEK ? i % 7 : i);
        }
        return bits;
    }
}
