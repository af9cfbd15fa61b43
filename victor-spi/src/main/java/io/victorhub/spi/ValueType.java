package io.victorhub.spi;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What kind of JSON value an input or output is.
 *
 * @since 0.1
 */
public enum ValueType {
    /** A text. */
    TEXT("text"),
    /** A whole number. */
    INTEGER("a whole number"),
    /** Any number. */
    DECIMAL("a number"),
    /** True or false. */
    BOOLEAN("true or false"),
    /** A list. */
    LIST("a list"),
    /** An object: names and values. */
    OBJECT("an object"),
    /** Any value. */
    ANY("any value");

    private final String words;

    ValueType(String words) {
        this.words = words;
    }

    /** {@return whether {@code value}, a JSON value, is of this kind; null is of kind {@link #ANY} only} */
    public boolean accepts(@Nullable Object value) {
        switch (this) {
            case TEXT:
                return value instanceof String;
            case INTEGER:
                return value instanceof Long
                        || value instanceof BigInteger
                        || (value instanceof Double d && d == Math.rint(d));
            case DECIMAL:
                return value instanceof Number;
            case BOOLEAN:
                return value instanceof Boolean;
            case LIST:
                return value instanceof List;
            case OBJECT:
                return value instanceof Map;
            default:
                return true;
        }
    }

    /** {@return the kind in words, such as "a whole number"} */
    public String words() {
        return words;
    }
}
