package io.victorhub.examples.benchmarks;

import java.util.Map;

/**
 * What every task of every contestant carries: 200 bytes of JSON with a number and a text that tells whether it is whole.
 */
public final class Payload {

    /** How many bytes of JSON a payload is. */
    public static final int BYTES = 200;

    /** The member with the number. */
    public static final String NUMBER = "n";

    /** The member with the text. */
    public static final String TEXT = "text";

    private static final long FIRST = 1_000_000_000L; // so that every number has ten digits
    private static final String AROUND = "{\"n\":0123456789,\"text\":\"\"}";
    private static final String FILLING = "as quick as the disk, and never losing one; ".repeat(5);
    private static final String TEXT_VALUE = FILLING.substring(0, BYTES - AROUND.length());

    private Payload() {}

    /** {@return the payload of that number as a map} */
    public static Map<String, Object> map(long number) {
        return Map.of(NUMBER, FIRST + number, TEXT, TEXT_VALUE);
    }

    /** {@return the payload of that number as JSON} */
    public static String json(long number) {
        return "{\"n\":" + (FIRST + number) + ",\"text\":\"" + TEXT_VALUE + "\"}";
    }

    /**
     * Checks what arrived.
     *
     * @return its number
     * @throws IllegalArgumentException if it is not what was sent
     */
    public static long check(long number, String text) {
        if (number < FIRST || !TEXT_VALUE.equals(text)) {
            throw new IllegalArgumentException("payload " + number + " did not arrive whole: '" + text + "'");
        }
        return number - FIRST;
    }

    /** Checks JSON that arrived; see {@link #check(long, String)}. */
    public static long check(String json) {
        int end = json.indexOf(',');
        int text = end + ",\"text\":\"".length();
        if (end < 0 || json.length() != BYTES) {
            throw new IllegalArgumentException("'" + json + "' is no payload");
        }
        return check(
                Long.parseLong(json.substring("{\"n\":".length(), end)),
                json.substring(text, json.length() - "\"}".length()));
    }
}
