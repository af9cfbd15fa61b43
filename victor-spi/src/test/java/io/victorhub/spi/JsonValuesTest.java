package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonValuesTest {

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of((byte) 1, 1L),
                Arguments.of((short) -2, -2L),
                Arguments.of(3, 3L),
                Arguments.of(Long.MAX_VALUE, Long.MAX_VALUE),
                Arguments.of(1.5f, 1.5),
                Arguments.of(-0.0, -0.0),
                Arguments.of(Double.MIN_VALUE, Double.MIN_VALUE),
                Arguments.of(BigInteger.TEN, 10L),
                Arguments.of(BigInteger.valueOf(Long.MIN_VALUE), Long.MIN_VALUE),
                Arguments.of(new BigInteger("9223372036854775808"), new BigInteger("9223372036854775808")),
                Arguments.of(new BigDecimal("1.50"), 1.5),
                Arguments.of(new BigDecimal("0E-1000000000"), 0.0),
                Arguments.of(new BigDecimal("5"), 5.0),
                Arguments.of(new BigDecimal("0.1000000000000000055"), new BigDecimal("0.1000000000000000055")),
                Arguments.of(new BigDecimal("1E+400"), new BigDecimal("1E+400")));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void widensNumbersToTheSmallestKindThatKeepsEveryDigit(Number given, Number kept) {
        assertThat(JsonValues.copyOf(given)).isEqualTo(kept);
    }

    /** It is written without a point, so it would come back as another kind. */
    @Test
    void keepsADecimalThatIsWrittenLikeAWholeNumberAsOne() {
        assertThat(JsonValues.copyOf(new BigDecimal("9007199254740993"))).isEqualTo(9007199254740993L);
        assertThat(JsonValues.copyOf(new BigDecimal("12345678901234567890")))
                .isEqualTo(new BigInteger("12345678901234567890"));
        assertThat(JsonValues.copyOf(new BigDecimal("9007199254740993.0")))
                .isEqualTo(new BigDecimal("9007199254740993.0"));
    }

    /** The same double, as JDK 17 prints it and as JDK 19 and later do. */
    @Test
    void takesADoubleThatAnyJdkPrintedAsADouble() {
        assertThat(JsonValues.copyOf(new BigDecimal("2.0041683600089728E-292"))).isEqualTo(0x1p-969);
        assertThat(JsonValues.copyOf(new BigDecimal("2.004168360008973E-292"))).isEqualTo(0x1p-969);
    }

    @Test
    void keepsTheOrderOfMapsAndNullsInside() {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("z", null);
        source.put("a", new LinkedHashSet<>(List.of(3, 1, 2)));
        source.put("m", List.of());

        Map<String, Object> copy = JsonValues.copyOfObject("inputs", source);

        assertThat(copy.keySet()).containsExactly("z", "a", "m");
        assertThat(copy).containsEntry("z", null).containsEntry("a", List.of(3L, 1L, 2L));
    }

    @Test
    void refusesWhatJsonDoesNotKnowAndNamesThePlace() {
        refuses(
                Map.of("a", List.of(1, 'c')),
                "value.a[1] is a java.lang.Character; JSON knows text, numbers, true and"
                        + " false, null, lists and maps");
        refuses(new int[0], "value is a int[]; JSON knows text, numbers, true and false, null, lists and maps");
        refuses(
                new AtomicInteger(),
                "value is a java.util.concurrent.atomic.AtomicInteger; use a long, a BigInteger, a"
                        + " double or a BigDecimal");
        refuses(List.of(Double.POSITIVE_INFINITY), "value[0] is Infinity; JSON has finite numbers only");
        refuses(Float.NaN, "value is NaN; JSON has finite numbers only");
        refuses(Map.of(1, "one"), "value has the key 1; keys must be text");
    }

    @Test
    void refusesHalvesOfSurrogatePairsInTextsAndKeys() {
        refuses("ab\uD83C", "value has half of a surrogate pair at index 2; it is no whole character");
        refuses("\uDFB5\uD83C", "value has half of a surrogate pair at index 0; it is no whole character");
        refuses(
                Map.of("k\uD83C", 1),
                "value.k<U+D83C> has half of a surrogate pair at index 1; it is no whole character");
        assertThat(JsonValues.copyOf("\uD83C\uDFB5")).isEqualTo("\uD83C\uDFB5");
    }

    @Test
    void showsHostileKeysSafely() {
        refuses(
                Map.of("a\u202Eb\n" + "x".repeat(100), 'c'),
                "value.a<U+202E>b<U+000A>" + "x".repeat(55) + "… is a java.lang.Character; JSON knows text, numbers,"
                        + " true and false, null, lists and maps");
    }

    @Test
    void takes64LevelsAndNoMore() {
        assertThat(JsonValues.copyOf(nested(64))).isEqualTo(nested(64));
        assertThat(JsonValues.copyOfObject("inputs", Map.of("a", nested(63)))).containsKey("a");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValues.copyOf(nested(65)))
                .withMessageStartingWith("value[0][0]")
                .withMessageEndingWith("… is nested deeper than 64 levels; flatten it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValues.copyOfObject("inputs", Map.of("a", nested(64))))
                .withMessageStartingWith("inputs.a[0][0]");
    }

    @Test
    void refusesAListThatHoldsItself() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValues.copyOf(endless))
                .withMessageEndingWith("is nested deeper than 64 levels; flatten it");
    }

    @Test
    void refusesNumbersThatFillPagesWhenWrittenOut() {
        assertThat(JsonValues.copyOf(new BigInteger("9".repeat(1000)))).isInstanceOf(BigInteger.class);
        assertThat(JsonValues.copyOf(new BigDecimal("1E-1000"))).isEqualTo(new BigDecimal("1E-1000"));

        refuses(new BigInteger("9".repeat(1001)), "value has 1001 digits; a number may have 1000; send it as text");
        refuses(
                new BigDecimal("1." + "3".repeat(1000)),
                "value has 1001 digits; a number may have 1000; send it as text");
        refuses(new BigDecimal("1E+1000"), "value has 1001 digits; a number may have 1000; send it as text");
        refuses(
                new BigDecimal("1E+2000000000"),
                "value has 2000000001 digits; a number may have 1000; send it as text");
        refuses(
                new BigDecimal("1E-2000000000"),
                "value has 2000000000 digits; a number may have 1000; send it as text");
    }

    private static void refuses(Object value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValues.copyOf(value))
                .withMessage(message);
    }

    private static Object nested(int levels) {
        Object value = List.of();
        for (int i = 1; i < levels; i++) {
            value = List.of(value);
        }
        return value;
    }

    /** What was copied before is not walked through again, and still counts. */
    @Test
    void copiesCountIntoTheDepthOfWhatTheyAreIn() {
        Object deep = "bottom";
        for (int i = 0; i < JsonValues.MAX_DEPTH; i++) {
            deep = JsonValues.copyOf(i % 2 == 0 ? java.util.Arrays.asList(deep) : Map.of("m", deep));
        }
        Object deepest = deep;

        assertThatThrownBy(() -> JsonValues.copyOf(Map.of("top", deepest)))
                .isInstanceOf(NotJsonException.class)
                .hasMessage("value.top is nested deeper than 64 levels; flatten it");
    }
}
