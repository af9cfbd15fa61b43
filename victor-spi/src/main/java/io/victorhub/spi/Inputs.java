package io.victorhub.spi;

import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a task: an unmodifiable map of JSON values with getters that check the type.
 *
 * <p>A getter without a default demands that the input is there. One with a default takes it where the input is absent
 * or null. Each throws {@link InvalidInputException} for a value of another type, so that a skill needs no checks of its
 * own: the hub records such an attempt as {@link Result.Reason#INVALID_INPUT}.
 *
 * @since 0.1
 */
public final class Inputs extends AbstractMap<String, @Nullable Object> {

    private static final Inputs NONE = new Inputs(Map.of());

    private final Map<String, @Nullable Object> values;

    private Inputs(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /**
     * {@return inputs with a copy of {@code values}, in their order}
     *
     * @throws IllegalArgumentException if one of them is no JSON value, see {@link JsonValues}
     */
    public static Inputs copyOf(Map<String, ?> values) {
        if (values instanceof Inputs inputs) {
            return inputs;
        }
        return values.isEmpty() ? NONE : new Inputs(JsonValues.copyOfObject("inputs", values));
    }

    /** {@return whether there is an input of that name that is not null} */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    /** {@return the text {@code name}} */
    public String text(String name) {
        return required(name, String.class, "text");
    }

    /** {@return the text {@code name}, or {@code otherwise} where there is none} */
    public String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    /** {@return the whole number {@code name}; a decimal without a fraction counts as one} */
    public long integer(String name) {
        Number number = required(name, Number.class, "a whole number");
        if (number instanceof Long whole) {
            return whole;
        }
        double decimal = number.doubleValue();
        if (!(number instanceof Double) || decimal != Math.rint(decimal) || Math.abs(decimal) > 1L << 53) {
            throw wrong(name, number, "a whole number of at most 19 digits");
        }
        return (long) decimal;
    }

    /** {@return the whole number {@code name}, or {@code otherwise} where there is none} */
    public long integer(String name, long otherwise) {
        return has(name) ? integer(name) : otherwise;
    }

    /** {@return the number {@code name}, rounded to a double} */
    public double decimal(String name) {
        return required(name, Number.class, "a number").doubleValue();
    }

    /** {@return the number {@code name}, or {@code otherwise} where there is none} */
    public double decimal(String name, double otherwise) {
        return has(name) ? decimal(name) : otherwise;
    }

    /** {@return the truth value {@code name}} */
    public boolean bool(String name) {
        return required(name, Boolean.class, "true or false");
    }

    /** {@return the truth value {@code name}, or {@code otherwise} where there is none} */
    public boolean bool(String name, boolean otherwise) {
        return has(name) ? bool(name) : otherwise;
    }

    /** {@return the list {@code name}, empty where there is none} */
    @SuppressWarnings("unchecked") // the constructor's copy holds JSON values only
    public List<@Nullable Object> list(String name) {
        return has(name) ? required(name, List.class, "a list") : List.of();
    }

    /** {@return the list {@code name} of texts, empty where there is none} */
    public List<String> texts(String name) {
        List<@Nullable Object> list = list(name);
        for (Object element : list) {
            if (!(element instanceof String)) {
                throw wrong(name, element, "a list of text");
            }
        }
        return list.stream().map(String.class::cast).toList();
    }

    /** {@return the object {@code name} as inputs of its own, empty where there is none} */
    @SuppressWarnings("unchecked") // the constructor's copy holds JSON values only
    public Inputs object(String name) {
        return has(name) ? new Inputs((Map<String, @Nullable Object>) required(name, Map.class, "an object")) : NONE;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return values.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return values.containsKey(name);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return values.entrySet();
    }

    private <T> T required(String name, Class<T> type, String expected) {
        Object value = values.get(name);
        if (value == null) {
            throw new InvalidInputException("input '" + name + "' is missing; it must be " + expected);
        }
        if (!type.isInstance(value)) {
            throw wrong(name, value, expected);
        }
        return type.cast(value);
    }

    private static InvalidInputException wrong(String name, @Nullable Object value, String expected) {
        return new InvalidInputException(
                "input '" + name + "' is " + Names.shown(String.valueOf(value)) + "; it must be " + expected);
    }
}
