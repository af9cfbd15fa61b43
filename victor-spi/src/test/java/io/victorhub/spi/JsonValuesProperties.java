package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

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

    @Property(tries = 150)
    void aCopyEqualsWhatTheLibraryMakesOfTheSame(@ForAll("values") Object value) {
        Object copy = JsonValues.copyOf(value);
        Object plain = plain(copy);

        assertThat(copy).isEqualTo(plain).hasSameHashCodeAs(plain).hasToString(String.valueOf(plain));
        assertThat(plain).isEqualTo(copy);
    }

    @Property(tries = 150)
    void aCopyOfACopyIsItself(@ForAll("values") Object value) {
        Object copy = JsonValues.copyOf(value);

        assertThat(JsonValues.copyOf(copy)).isSameAs(copy);
        Object[] inside = ((List<?>) JsonValues.copyOf(Arrays.asList(copy))).toArray();
        assertThat(inside[0]).isSameAs(copy);
    }

    /** 8 members lie side by side, and 9 do not. */
    @Property(tries = 100)
    void anObjectGivesWhatWasPutIn(@ForAll @IntRange(max = 20) int members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members; i++) {
            object.put("m" + i, i % 3 == 0 ? null : (long) i);
        }

        Map<String, Object> copy = JsonValues.copyOfObject("object", object);

        assertThat(copy).isEqualTo(object).hasSize(members);
        assertThat(copy.entrySet()).containsExactlyElementsOf(object.entrySet());
        assertThat(copy.keySet()).containsExactlyElementsOf(object.keySet());
        object.forEach((name, value) -> {
            assertThat(copy.containsKey(name)).isTrue();
            assertThat(copy.get(name)).isEqualTo(value);
        });
        assertThat(copy.containsKey("none")).isFalse();
        assertThat(copy.get("none")).isNull();
        assertThat(copy.getOrDefault("none", 1L)).isEqualTo(1L);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> copy.put("m0", 1L));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> copy.remove("none"));
    }

    private static Object plain(Object value) {
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(each -> plain.add(plain(each)));
            return plain;
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((name, each) -> plain.put(name, plain(each)));
            return plain;
        }
        return value;
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
