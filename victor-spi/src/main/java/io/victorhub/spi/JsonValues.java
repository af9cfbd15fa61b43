package io.victorhub.spi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The free-form values in tasks and results, as JSON knows them.
 *
 * <p>A JSON value is null, a {@link String} of whole characters, a {@link Boolean}, a {@link Long} or (beyond its range)
 * a {@link BigInteger}, a finite {@link Double} or (where that would lose digits) a {@link BigDecimal}, a {@link List} of JSON values, or a {@link Map}
 * of strings to JSON values. Copies keep the order of maps and are unmodifiable all the way down.
 *
 * @since 0.1
 */
public final class JsonValues {

    /** How deep lists and maps may be nested in each other. */
    public static final int MAX_DEPTH = 64;

    /** How many digits a number may have when it is written out, the zeros of its exponent included. */
    public static final int MAX_DIGITS = 1000;

    /** No double needs more decimal digits. */
    private static final int DOUBLE_DIGITS = 17;

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private JsonValues() {}

    /**
     * {@return an unmodifiable copy of {@code value}, with every smaller kind of number widened}
     *
     * @throws NotJsonException if something in it is no JSON value, or is nested deeper than {@link #MAX_DEPTH};
     *     the message names the place
     */
    public static @Nullable Object copyOf(@Nullable Object value) {
        return value instanceof Copied ? value : copy(value, new Place(null, "value", -1), 0);
    }

    /**
     * {@return an unmodifiable copy of {@code object}, in its order}
     *
     * @param name what to call the object in a message
     * @throws NotJsonException as {@link #copyOf(Object)} does
     */
    public static Map<String, @Nullable Object> copyOfObject(String name, Map<?, ?> object) {
        return object instanceof CopiedMap copied ? copied : copyOfMap(object, new Place(null, name, -1), 1);
    }

    static String requireWholeCharacters(String name, String text) {
        return wholeCharacters(text, new Place(null, name, -1));
    }

    private static @Nullable Object copy(@Nullable Object value, Place place, int depth) {
        if (value == null || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof String text) {
            return wholeCharacters(text, place);
        }
        if (value instanceof Number number) {
            return copyOfNumber(number, place);
        }
        if (value instanceof Copied copied) {
            requireDepth(place, depth + copied.height());
            return copied;
        }
        if (value instanceof Map<?, ?> map) {
            return copyOfMap(map, place, depth + 1);
        }
        if (value instanceof Collection<?> list) {
            return copyOfList(list, place, depth + 1);
        }
        throw new NotJsonException(place + " is a " + value.getClass().getTypeName()
                + "; JSON knows text, numbers, true and false, null, lists and maps");
    }

    private static Number copyOfNumber(Number number, Place place) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof BigInteger big) {
            return copyOfWhole(big, place);
        }
        if (number instanceof BigDecimal exact) {
            return copyOfDecimal(exact, place);
        }
        if (number instanceof Double || number instanceof Float) {
            double decimal = number.doubleValue();
            if (!Double.isFinite(decimal)) {
                throw new NotJsonException(place + " is " + number + "; JSON has finite numbers only");
            }
            return number instanceof Double same ? same : decimal;
        }
        throw new NotJsonException(place + " is a " + number.getClass().getName()
                + "; use a long, a BigInteger, a double or a BigDecimal");
    }

    private static Number copyOfWhole(BigInteger big, Place place) {
        if (big.compareTo(LONG_MIN) >= 0 && big.compareTo(LONG_MAX) <= 0) {
            return big.longValue();
        }
        requireDigits(new BigDecimal(big), place);
        return big;
    }

    private static Number copyOfDecimal(BigDecimal exact, Place place) {
        if (exact.signum() == 0) {
            return 0.0;
        }
        requireDigits(exact, place);
        double near = exact.doubleValue();
        if (Double.isFinite(near) && says(near, exact)) {
            return near;
        }
        boolean readBackAsWhole = exact.scale() == 0; // it is written without a point
        return readBackAsWhole ? copyOfWhole(exact.unscaledValue(), place) : exact;
    }

    /** The second look is for what another JDK wrote: before 19 some doubles print a digit more than they need. */
    private static boolean says(double near, BigDecimal exact) {
        return BigDecimal.valueOf(near).compareTo(exact) == 0
                || (exact.precision() <= DOUBLE_DIGITS
                        && new BigDecimal(near)
                                        .round(new MathContext(exact.precision()))
                                        .compareTo(exact)
                                == 0);
    }

    /** Counts the zeros too that an exponent stands for: whoever writes the number out would pay for them. */
    private static void requireDigits(BigDecimal exact, Place place) {
        long digits = exact.scale() < 0
                ? exact.precision() - (long) exact.scale()
                : Math.max(exact.precision(), exact.scale());
        if (digits > MAX_DIGITS) {
            throw new NotJsonException(
                    place + " has " + digits + " digits; a number may have " + MAX_DIGITS + "; send it as text");
        }
    }

    private static Map<String, @Nullable Object> copyOfMap(Map<?, ?> map, Place place, int depth) {
        requireDepth(place, depth);
        LinkedHashMap<String, @Nullable Object> copy = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new NotJsonException(
                        place + " has the key " + Names.shown(String.valueOf(key)) + "; keys must be text");
            }
            Place at = new Place(place, name, -1);
            copy.put(wholeCharacters(name, at), copy(value, at, depth));
        });
        return new CopiedMap(copy);
    }

    private static List<@Nullable Object> copyOfList(Collection<?> list, Place place, int depth) {
        requireDepth(place, depth);
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        for (Object value : list) {
            copy.add(copy(value, new Place(place, "", copy.size()), depth));
        }
        return new CopiedList(copy.toArray());
    }

    private static void requireDepth(Place place, int depth) {
        if (depth > MAX_DEPTH) {
            throw new NotJsonException(
                    Names.shown(place.toString()) + " is nested deeper than " + MAX_DEPTH + " levels; flatten it");
        }
    }

    /** Half of a surrogate pair has no UTF-8 form, so it would not come back as it went in. */
    private static String wholeCharacters(String text, Place place) {
        int half = Names.halfPair(text);
        if (half >= 0) {
            throw new NotJsonException(
                    place + " has half of a surrogate pair at index " + half + "; it is no whole character");
        }
        return text;
    }

    /** Where a value stands, as a chain that costs nothing until a message needs it: by its name, or its index. */
    private record Place(@Nullable Place within, String name, int index) {
        @Override
        public String toString() {
            return within == null ? name : within + (index < 0 ? Names.shown("." + name) : "[" + index + "]");
        }
    }
}
