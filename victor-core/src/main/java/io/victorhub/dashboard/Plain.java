package io.victorhub.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Makes texts of tasks and skills fit to be shown: they may hold anything. */
final class Plain {

    private static final int LONGEST = 500;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** What would begin a list or a line of its own, up to where it must be stopped. */
    private static final Pattern BEGINS_A_LIST = Pattern.compile("^([0-9]{1,9}(?=[.)](?: |$))|(?=[-+=]))");

    private Plain() {}

    /** The text, with a question mark for each half of a surrogate pair, which no encoding knows. */
    static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static List<String> whole(List<String> texts) {
        return texts.stream().map(Plain::whole).toList();
    }

    /** On one line, not too long, and nothing in it that a terminal obeys or that turns the direction of writing. */
    static String line(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> append(out, c));
        return text.codePointCount(0, text.length()) > LONGEST ? out + "…" : out.toString();
    }

    /** The same where Markdown is read, in a table cell, too. */
    static String markdown(String text) {
        StringBuilder out = new StringBuilder();
        line(text).strip().chars().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\\', '`', '*', '_', '[', ']', '#', '|', '~', '!', '$' ->
                    out.append('\\').append((char) c);
                default -> out.append((char) c);
            }
        });
        return BEGINS_A_LIST.matcher(out).replaceFirst("$1\\\\");
    }

    private static void append(StringBuilder out, int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL -> {
                if (Character.isWhitespace(codePoint)) {
                    out.append(' ');
                } else {
                    visible(out, codePoint);
                }
            }
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> out.append(' ');
            case Character.FORMAT -> {
                if (codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER) {
                    out.appendCodePoint(codePoint); // parts of emoji and of scripts
                } else {
                    visible(out, codePoint);
                }
            }
            default -> out.appendCodePoint(codePoint);
        }
    }

    private static void visible(StringBuilder out, int codePoint) {
        out.append('<').append("U+%04X".formatted(codePoint)).append('>');
    }
}
