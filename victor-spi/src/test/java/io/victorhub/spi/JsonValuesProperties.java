package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonValuesProperties {

    @Property(tries = 150)
    void aCopyOfACopyIsEqual(@ForAll("values") Object value) {
        Object copy = JsonValues.copyOf(value);

        assertThat(JsonValues.copyOf(copy)).isEqualTo(copy).hasSameHashCodeAs(copy);
    }

    @Property(tries = 150)
    void aCopyHoldsTheKindsOfJsonOnlyAndCannotBeChanged(@ForAll("values") Object value) {
        requireJson(JsonValues.copyOf(value));
    }

    @Property(tries = 150)
    void aCopyKeepsShapeAndOrder(@ForAll("values") Object value) {
        assertThat(shape(JsonValues.copyOf(value))).isEqualTo(shape(value));
    }

    @Property(tries = 150)
    void aCopyDoesNotSeeLaterChanges(@ForAll("values") Object value) {
        Object copy = JsonValues.copyOf(value);
        String before = shape(copy);

        wreck(value);

        assertThat(shape(copy)).isEqualTo(before);
    }

    @Provide
    static Arbitrary<Object> values() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                text().asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.integers().asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.shorts().asGeneric(),
                Arbitraries.floats().asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.bigIntegers()
                        .between(BigInteger.TEN.pow(30).negate(), BigInteger.TEN.pow(30))
                        .asGeneric(),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.valueOf(-1e25), BigDecimal.valueOf(1e25))
                        .ofScale(12)
                        .asGeneric());
        return Arbitraries.recursive(
                () -> leaf,
                inner -> Arbitraries.oneOf(
                        inner.injectNull(.1)
                                .list()
                                .ofMaxSize(4)
                                .map(ArrayList::new)
                                .asGeneric(),
                        Arbitraries.maps(text(), inner.injectNull(.1))
                                .ofMaxSize(4)
                                .map(LinkedHashMap::new)
                                .asGeneric()),
                0,
                4);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().ofMaxLength(12).filter(text -> Names.halfPair(text) < 0);
    }

    private static void requireJson(Object value) {
        if (value instanceof List<?> list) {
            list.forEach(JsonValuesProperties::requireJson);
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add(null));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                assertThat(key).isInstanceOf(String.class);
                requireJson(element);
            });
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(map::clear);
        } else if (value != null) {
            assertThat(value)
                    .isInstanceOfAny(
                            String.class, Boolean.class, Long.class, Double.class, BigInteger.class, BigDecimal.class);
        }
    }

    /** The value as text, with every number by its amount whatever its kind. */
    private static String shape(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(JsonValuesProperties::shape).toList().toString();
        }
        if (value instanceof Map<?, ?> map) {
            StringBuilder out = new StringBuilder("{");
            map.forEach((key, element) ->
                    out.append(key).append('=').append(shape(element)).append(','));
            return out.append('}').toString();
        }
        if (value instanceof Double || value instanceof Float) {
            return amount(new BigDecimal(((Number) value).doubleValue()));
        }
        if (value instanceof BigDecimal exact) {
            double near = exact.doubleValue();
            return amount(BigDecimal.valueOf(near).compareTo(exact) == 0 ? new BigDecimal(near) : exact);
        }
        return value instanceof Number whole ? amount(new BigDecimal(whole.toString())) : "" + value;
    }

    private static String amount(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    private static void wreck(Object value) {
        if (value instanceof List<?> list) {
            list.forEach(JsonValuesProperties::wreck);
            list.clear();
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(JsonValuesProperties::wreck);
            map.clear();
        }
    }
}
