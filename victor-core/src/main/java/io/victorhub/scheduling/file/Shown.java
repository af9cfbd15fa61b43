package io.victorhub.scheduling.file;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What others wrote, fit for a message: short, and nothing in it that a terminal would obey. */
final class Shown {

    private static final int LONGEST = 60;

    private Shown() {}

    static String text(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> append(out, c));
        return text.codePointCount(0, text.length()) > LONGEST ? out + "…" : out.toString();
    }

    /** A whole sentence, with what cannot be printed made visible. */
    static String sentence(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(out, c));
        return out.toString();
    }

    /** The value in a sentence: its kind, and what it is where that is short. */
    static String value(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String text) {
            return "the text '" + text(text) + "'";
        }
        if (value instanceof Map) {
            return "an object";
        }
        return value instanceof List ? "a list" : text(value.toString());
    }

    /** The value for a list of problems: as it is, unless it is large. */
    static @Nullable Object brief(@Nullable Object value) {
        if (value instanceof Map || value instanceof List) {
            return value(value);
        }
        if (value instanceof String
                || (value instanceof Number && value.toString().length() > LONGEST)) {
            return text(value.toString());
        }
        return value;
    }

    private static void append(StringBuilder out, int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> out.append("<U+%04X>".formatted(codePoint));
            default -> out.appendCodePoint(codePoint);
        }
    }
}
