package io.victorhub.json;

import io.victorhub.spi.JsonValues;
import io.victorhub.spi.ValueType;
import io.victorhub.spi.store.StorageException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The members of an object that this library wrote; what is not as it wrote it is a {@link StorageException}. */
final class JsonObject {

    private static final int NANO_DIGITS = 9;

    private final Map<?, ?> members;

    private JsonObject(Map<?, ?> members) {
        this.members = members;
    }

    static JsonObject of(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return new JsonObject(members);
        }
        throw new StorageException("it is no JSON object");
    }

    @Nullable Object value(String name) {
        return members.get(name);
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    String text(String name) {
        return required(name, String.class, ValueType.TEXT.words());
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    int integer(String name, int otherwise) {
        long number = number(name, otherwise);
        if (number != (int) number) {
            throw new StorageException("'" + name + "' is " + number + ", which is out of its range");
        }
        return (int) number;
    }

    long number(String name, long otherwise) {
        return has(name) ? required(name, Long.class, "a whole number of at most 19 digits") : otherwise;
    }

    double decimal(String name, double otherwise) {
        return has(name)
                ? required(name, Number.class, ValueType.DECIMAL.words()).doubleValue()
                : otherwise;
    }

    boolean truth(String name) {
        return has(name) && required(name, Boolean.class, ValueType.BOOLEAN.words());
    }

    Instant instant(String name) {
        String text = text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new StorageException("'" + name + "' is " + text + ", which is no instant", e);
        }
    }

    Optional<Instant> optionalInstant(String name) {
        return has(name) ? Optional.of(instant(name)) : Optional.empty();
    }

    /** Seconds, with up to nine decimals. */
    Duration seconds(String name) {
        if (!has(name)) {
            return Duration.ZERO;
        }
        Number number = required(name, Number.class, ValueType.DECIMAL.words());
        BigDecimal seconds = number instanceof Double d ? BigDecimal.valueOf(d) : new BigDecimal(number.toString());
        if (Math.abs((long) seconds.scale()) > JsonValues.MAX_DIGITS) { // it would cost too much to write it out
            throw outOfRange(name, number, null);
        }
        BigDecimal whole = new BigDecimal(seconds.toBigInteger());
        BigDecimal nanos = seconds.subtract(whole).movePointRight(NANO_DIGITS);
        try {
            return Duration.ofSeconds(whole.longValueExact(), nanos.longValue());
        } catch (ArithmeticException e) {
            throw outOfRange(name, number, e);
        }
    }

    static Number seconds(Duration duration) {
        BigDecimal nanos = BigDecimal.valueOf(duration.getNano(), NANO_DIGITS);
        return BigDecimal.valueOf(duration.getSeconds()).add(nanos).stripTrailingZeros();
    }

    JsonObject object(String name) {
        return new JsonObject(required(name, Map.class, ValueType.OBJECT.words()));
    }

    Map<String, @Nullable Object> values(String name) {
        return has(name)
                ? JsonValues.copyOfObject(name, required(name, Map.class, ValueType.OBJECT.words()))
                : Map.of();
    }

    Map<String, String> namedTexts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        values(name).forEach((key, value) -> texts.put(key, element(name, value, String.class, ValueType.TEXT)));
        return texts;
    }

    List<String> texts(String name) {
        return list(name).stream()
                .map(value -> element(name, value, String.class, ValueType.TEXT))
                .toList();
    }

    List<JsonObject> objects(String name) {
        return list(name).stream()
                .map(value -> new JsonObject(element(name, value, Map.class, ValueType.OBJECT)))
                .toList();
    }

    private List<?> list(String name) {
        return has(name) ? required(name, List.class, ValueType.LIST.words()) : List.of();
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw new StorageException("'" + name + "' is '" + text + "', which this version does not know");
    }

    private <T> T required(String name, Class<T> type, String words) {
        Object value = members.get(name);
        if (!type.isInstance(value)) {
            throw new StorageException(
                    "'" + name + "' is " + (value == null ? "missing" : kind(value)) + "; it must be " + words);
        }
        return type.cast(value);
    }

    private static <T> T element(String name, @Nullable Object value, Class<T> type, ValueType kind) {
        if (!type.isInstance(value)) {
            throw new StorageException("'" + name + "' holds " + (value == null ? "null" : kind(value))
                    + "; each of its elements must be " + kind.words());
        }
        return type.cast(value);
    }

    /** Its kind only: what it says may be nobody's business. */
    private static String kind(Object value) {
        return Stream.of(ValueType.values())
                .filter(type -> type.accepts(value))
                .findFirst()
                .orElse(ValueType.ANY)
                .words();
    }

    private static StorageException outOfRange(String name, Number seconds, @Nullable Exception cause) {
        return new StorageException("'" + name + "' is " + seconds + " seconds, which is out of its range", cause);
    }
}
