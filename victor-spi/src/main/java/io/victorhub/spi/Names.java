package io.victorhub.spi;

import java.util.Objects;

/** The rules for names and ids, and the sentences that say how one is broken. */
final class Names {

    static final int LONGEST_NAME = 100;
    static final int LONGEST_ID = 200;

    private Names() {}

    /** Names of types, skills and capabilities: {@code [a-z0-9][a-z0-9._-]{0,99}}. */
    static String requireName(String kind, String name) {
        Objects.requireNonNull(name, kind);
        if (!isName(name)) {
            throw new IllegalArgumentException(kind + " '" + shown(name)
                    + "' must be 1 to 100 of a-z, 0-9, '.', '_' and '-', and begin with a letter or a digit");
        }
        return name;
    }

    /** Ids and keys: 1 to 200 printable characters, case kept, no blank at either end. */
    static String requireId(String kind, String id) {
        Objects.requireNonNull(id, kind);
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException(
                    kind + " '" + shown(id) + "' has " + id.length() + " characters; it must have 1 to " + LONGEST_ID);
        }
        if (id.charAt(0) == ' ' || id.charAt(id.length() - 1) == ' ') {
            throw new IllegalArgumentException(kind + " '" + shown(id) + "' must not begin or end with a blank");
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c >= 0x7F) { // what lies between is printable, and by far the most common
                int codePoint = id.codePointAt(i);
                if (!isPrintable(codePoint)) {
                    throw new IllegalArgumentException(kind + " '" + shown(id) + "' has the unprintable character "
                            + hex(codePoint) + "; remove it");
                }
                i += Character.charCount(codePoint) - 1;
            }
        }
        return id;
    }

    /** A text cut to a length that fits into a message, with what cannot be printed made visible. */
    static String shown(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(60).forEach(c -> {
            if (isPrintable(c)) {
                out.appendCodePoint(c);
            } else {
                out.append('<').append(hex(c)).append('>');
            }
        });
        return text.codePointCount(0, text.length()) > 60 ? out + "…" : out.toString();
    }

    /** A text for readers with U+FFFD in place of each half of a surrogate pair, which has no UTF-8 form. */
    static String whole(String text) {
        if (halfPair(text) < 0) {
            return text;
        }
        return text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** {@return where the first half of a surrogate pair stands without the other; -1 if nowhere} */
    static int halfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!alphanumeric && (i == 0 || (c != '.' && c != '_' && c != '-'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL:
            case Character.FORMAT:
            case Character.SURROGATE:
            case Character.PRIVATE_USE:
            case Character.UNASSIGNED:
            case Character.LINE_SEPARATOR:
            case Character.PARAGRAPH_SEPARATOR:
                return false;
            default:
                return codePoint == ' ' || !Character.isSpaceChar(codePoint);
        }
    }

    private static String hex(int codePoint) {
        return "U+%04X".formatted(codePoint);
    }
}
