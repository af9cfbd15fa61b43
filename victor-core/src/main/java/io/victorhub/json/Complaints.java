package io.victorhub.json;

import java.util.regex.Pattern;

/** What Jackson says of a text, without what only its own users could do about it. */
final class Complaints {

    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^\\]]*?; line: (\\d+), column: (\\d+)]");
    private static final Pattern FEATURE = Pattern.compile(
            "(?::? enable `\\w+\\.\\w+`(?: to allow)?| \\(not recognized as one since Feature '\\w+' not enabled for parser\\)"
                    + "|, from `\\w+\\.\\w+\\(\\)`)");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private Complaints() {}

    static String plain(String complaint) {
        String placed = SOURCE.matcher(complaint).replaceAll("line $1, column $2");
        String ours = FEATURE.matcher(placed).replaceAll("");
        String spaced = ours.replace("Unexpected end-of-inputNo", "Unexpected end-of-input: no");
        return UNPRINTABLE
                .matcher(spaced)
                .replaceAll(found -> "<U+%04X>".formatted(found.group().codePointAt(0)));
    }
}
