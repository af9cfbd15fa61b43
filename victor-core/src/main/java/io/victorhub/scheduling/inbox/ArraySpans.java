package io.victorhub.scheduling.inbox;

import java.util.ArrayList;
import java.util.List;

/** Where the elements of a JSON array begin and end in its bytes. Only for bytes that were read as an array before. */
final class ArraySpans {

    /** An element, without the blanks around it. */
    record Span(int start, int end) {}

    private ArraySpans() {}

    static List<Span> of(byte[] json) {
        List<Span> spans = new ArrayList<>();
        int at = 0;
        while (json[at] != '[') {
            at++;
        }
        int depth = 0;
        int start = -1;
        int last = -1; // the last byte of the element that is no blank
        for (at++; depth >= 0; at++) {
            byte one = json[at];
            if (depth == 0 && (one == ',' || one == ']')) {
                if (start >= 0) {
                    spans.add(new Span(start, last + 1));
                }
                start = -1;
                depth -= one == ']' ? 1 : 0;
                continue;
            }
            if (one == '"') {
                start = start < 0 ? at : start;
                at = endOfText(json, at);
            } else if (one == '{' || one == '[') {
                depth++;
            } else if (one == '}' || one == ']') {
                depth--;
            }
            if (one > ' ' || one < 0) {
                start = start < 0 ? at : start;
                last = at;
            }
        }
        return spans;
    }

    private static int endOfText(byte[] json, int quote) {
        int at = quote + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at;
    }
}
