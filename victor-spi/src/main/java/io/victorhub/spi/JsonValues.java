package io.victorhub.spi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

    /** How many digits a number may have. */
    public static final int MAX_DIGITS = 1000;

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private JsonValues() {}

    /**
     * {@return an unmodifiable copy of {@code value}, with every smaller kind of number widened}
     *
     * @throws IllegalArgumentException if something in it is no JSON value, or is nested deeper than {@link #MAX_DEPTH};
     *     the message names the place
     */
    public static @Nullable Object copyOf(@Nullable Object value) {
        return copy(value, new Place(null, "value"), 0);
    }

    /**
     * {@return an unmodifiable copy of {@code object}, in its order}
     *
     * @param name what to call the object in a message
     * @throws IllegalArgumentException as {@link #copyOf(Object)} does
     */
    public static Map<String, @Nullable Object> copyOfObject(String name, Map<?, ?> object) {
        return copyOfMap(object, new Place(null, name), 1);
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
        if (value instanceof Map<?, ?> map) {
            return copyOfMap(map, place, depth + 1);
        }
        if (value instanceof Collection<?> list) {
            return copyOfList(list, place, depth + 1);
        }
        throw new IllegalArgumentException(place + " is a " + value.getClass().getName()
                + "; JSON knows text, numbers, true and false, null, lists and maps");
    }

    private static Number copyOfNumber(Number number, Place place) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof BigInteger big) {
            boolean fits = big.compareTo(LONG_MIN) >= 0 && big.compareTo(LONG_MAX) <= 0;
            return fits ? (Number) big.longValue() : requireDigits(new BigDecimal(big), big, place);
        }
        if (number instanceof BigDecimal exact) {
            double near = exact.doubleValue();
            boolean same = Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(exact) == 0;
            return same ? (Number) near : requireDigits(exact, exact, place);
        }
        if (number instanceof Double || number instanceof Float) {
            double decimal = number.doubleValue();
            if (!Double.isFinite(decimal)) {
                throw new IllegalArgumentException(place + " is " + number + "; JSON has finite numbers only");
            }
            return decimal;
        }
        throw new IllegalArgumentException(place + " is a " + number.getClass().getName()
                + "; use a long, a BigInteger, a double or a BigDecimal");
    }

    private static Number requireDigits(BigDecimal exact, Number number, Place place) {
        if (exact.precision() > MAX_DIGITS) {
            throw new IllegalArgumentException(place + " has " + exact.precision() + " digits; a number may have "
                    + MAX_DIGITS + "; send it as text");
        }
        return number;
    }

    private static Map<String, @Nullable Object> copyOfMap(Map<?, ?> map, Place place, int depth) {
        requireDepth(place, depth);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException(place + " has the key " + key + "; keys must be text");
            }
            copy.put(wholeCharacters(name, place), copy(value, new Place(place, "." + name), depth));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static List<@Nullable Object> copyOfList(Collection<?> list, Place place, int depth) {
        requireDepth(place, depth);
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        for (Object value : list) {
            copy.add(copy(value, new Place(place, "[" + copy.size() + "]"), depth));
        }
        return Collections.unmodifiableList(copy);
    }

    private static void requireDepth(Place place, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    Names.shown(place.toString()) + " is nested deeper than " + MAX_DEPTH + " levels; flatten it");
        }
    }

    /** Half of a surrogate pair has no UTF-8 form, so it would not come back as it went in. */
    private static String wholeCharacters(String text, Place place) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException(
                        place + " has half of a surrogate pair at index " + i + "; it is no whole character");
            }
        }
        return text;
    }

    /** Where a value stands, as a chain that costs nothing until a message needs it. */
    private record Place(@Nullable Place within, String step) {
        @Override
        public String toString() {
            return within == null ? step : within + step;
        }
    }
}
