package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueTypeTest {

    private static final Map<Object, Set<ValueType>> KINDS = Map.of(
            "text",
            EnumSet.of(ValueType.TEXT),
            1L,
            EnumSet.of(ValueType.INTEGER, ValueType.DECIMAL),
            2.0,
            EnumSet.of(ValueType.INTEGER, ValueType.DECIMAL),
            2.5,
            EnumSet.of(ValueType.DECIMAL),
            new BigInteger("9223372036854775808"),
            EnumSet.of(ValueType.INTEGER, ValueType.DECIMAL),
            new BigDecimal("1.00000000000000000001"),
            EnumSet.of(ValueType.DECIMAL),
            true,
            EnumSet.of(ValueType.BOOLEAN),
            List.of(),
            EnumSet.of(ValueType.LIST),
            Map.of(),
            EnumSet.of(ValueType.OBJECT));

    @ParameterizedTest
    @EnumSource
    void acceptsValuesOfItsKindOnly(ValueType type) {
        List<Object> accepted = new ArrayList<>(KINDS.keySet());
        accepted.removeIf(value -> !type.accepts(value));

        Set<Object> expected = KINDS.entrySet().stream()
                .filter(entry -> type == ValueType.ANY || entry.getValue().contains(type))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(accepted).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(type.accepts(null)).isEqualTo(type == ValueType.ANY);
    }

    @ParameterizedTest
    @EnumSource
    void acceptsInputsAsAnObject(ValueType type) {
        Inputs inputs = Inputs.copyOf(Map.of("a", 1));

        assertThat(type.accepts(inputs))
                .isEqualTo(Stream.of(ValueType.OBJECT, ValueType.ANY).anyMatch(type::equals));
    }
}
