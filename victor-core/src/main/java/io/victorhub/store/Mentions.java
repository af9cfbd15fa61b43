package io.victorhub.store;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Says cheaply whether a record may be about one of some tasks: few are, and reading the others would take long. */
final class Mentions {

    private static final int MOST = 16;

    private final byte[][] texts; // none: every record may be

    Mentions(Set<String> ids) {
        boolean simple = ids.size() <= MOST && ids.stream().allMatch(Mentions::isWrittenAsItIs);
        this.texts = simple
                ? ids.stream().map(id -> id.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new)
                : new byte[0][];
    }

    boolean anyIn(byte[] bytes, int start, int end) {
        for (byte[] text : texts) {
            if (isIn(text, bytes, start, end)) {
                return true;
            }
        }
        return texts.length == 0;
    }

    private static boolean isWrittenAsItIs(String id) {
        return id.chars().allMatch(one -> one >= ' ' && one < 0x7f && one != '"' && one != '\\' && one != '/');
    }

    private static boolean isIn(byte[] text, byte[] bytes, int start, int end) {
        for (int at = start; at <= end - text.length; at++) {
            int same = 0;
            while (same < text.length && bytes[at + same] == text[same]) {
                same++;
            }
            if (same == text.length) {
                return true;
            }
        }
        return false;
    }
}
