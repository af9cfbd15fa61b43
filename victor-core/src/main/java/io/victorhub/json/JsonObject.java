package io.victorhub.json;

import io.victorhub.spi.JsonValues;
import io.victorhub.spi.store.StorageException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return required(name, String.class);
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    int integer(String name, int otherwise) {
        return has(name) ? Math.toIntExact(required(name, Long.class)) : otherwise;
    }

    long number(String name, long otherwise) {
        return has(name) ? required(name, Long.class) : otherwise;
    }

    double decimal(String name, double otherwise) {
        return has(name) ? required(name, Number.class).doubleValue() : otherwise;
    }

    boolean truth(String name) {
        return has(name) && required(name, Boolean.class);
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
        Number number = required(name, Number.class);
        BigDecimal seconds = number instanceof Double d ? BigDecimal.valueOf(d) : new BigDecimal(number.toString());
        BigDecimal whole = new BigDecimal(seconds.toBigInteger());
        return Duration.ofSeconds(
                whole.longValueExact(),
                seconds.subtract(whole).movePointRight(NANO_DIGITS).longValue());
    }

    static Number seconds(Duration duration) {
        BigDecimal nanos = BigDecimal.valueOf(duration.getNano(), NANO_DIGITS);
        return BigDecimal.valueOf(duration.getSeconds()).add(nanos).stripTrailingZeros();
    }

    JsonObject object(String name) {
        return of(members.get(name));
    }

    Map<String, @Nullable Object> values(String name) {
        return has(name) ? JsonValues.copyOfObject(name, required(name, Map.class)) : Map.of();
    }

    List<?> list(String name) {
        return has(name) ? required(name, List.class) : List.of();
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

    private <T> T required(String name, Class<T> type) {
        Object value = members.get(name);
        if (!type.isInstance(value)) {
            throw new StorageException("'" + name + "' is "
                    + (value == null ? "missing" : "a " + value.getClass().getSimpleName()) + "; it must be a "
                    + type.getSimpleName());
        }
        return type.cast(value);
    }
}
