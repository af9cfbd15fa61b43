package io.victorhub.json;

/**
 * How much JSON is read before reading stops with a {@link JsonException}.
 *
 * @param bytes how long the text may be
 * @param depth how deep lists and objects may be nested
 */
public record JsonLimits(int bytes, int depth) {

    /** For what this library wrote itself: only the nesting is bounded. */
    static final JsonLimits OWN = new JsonLimits(Integer.MAX_VALUE, 200);
}
