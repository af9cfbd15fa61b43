package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class InputsTest {

    private final Inputs inputs = Inputs.copyOf(values());

    @Test
    void givesValuesByTheirType() {
        assertThat(inputs.text("text")).isEqualTo("notes.md");
        assertThat(inputs.integer("integer")).isEqualTo(10);
        assertThat(inputs.decimal("decimal")).isEqualTo(1.5);
        assertThat(inputs.decimal("integer")).isEqualTo(10);
        assertThat(inputs.bool("bool")).isTrue();
        assertThat(inputs.list("list")).containsExactly("a", "b");
        assertThat(inputs.texts("list")).containsExactly("a", "b");
        assertThat(inputs.object("object").text("inner")).isEqualTo("x");
    }

    @Test
    void givesTheDefaultWhereThereIsNoneOrNull() {
        for (String name : List.of("absent", "null")) {
            assertThat(inputs.has(name)).isFalse();
            assertThat(inputs.text(name, "otherwise")).isEqualTo("otherwise");
            assertThat(inputs.integer(name, 7)).isEqualTo(7);
            assertThat(inputs.decimal(name, .5)).isEqualTo(.5);
            assertThat(inputs.bool(name, true)).isTrue();
            assertThat(inputs.list(name)).isEmpty();
            assertThat(inputs.texts(name)).isEmpty();
            assertThat(inputs.object(name)).isEmpty();
        }
    }

    @Test
    void givesNoDefaultWhereThereIsAValueOfAnotherType() {
        refuses(() -> inputs.text("integer", "otherwise"), "input 'integer' is 10; it must be text");
        refuses(() -> inputs.integer("text", 7), "input 'text' is notes.md; it must be a whole number");
        refuses(() -> inputs.decimal("text", 7), "input 'text' is notes.md; it must be a number");
        refuses(() -> inputs.bool("text", true), "input 'text' is notes.md; it must be true or false");
        refuses(() -> inputs.list("text"), "input 'text' is notes.md; it must be a list");
        refuses(() -> inputs.object("list"), "input 'list' is [a, b]; it must be an object");
        refuses(() -> inputs.texts("mixed"), "input 'mixed' is 1; it must be a list of text");
        refuses(() -> inputs.texts("nulls"), "input 'nulls' is null; it must be a list of text");
    }

    @Test
    void saysWhichInputIsMissing() {
        refuses(() -> inputs.text("absent"), "input 'absent' is missing; it must be text");
        refuses(() -> inputs.integer("null"), "input 'null' is missing; it must be a whole number");
        refuses(() -> inputs.decimal("absent"), "input 'absent' is missing; it must be a number");
        refuses(() -> inputs.bool("absent"), "input 'absent' is missing; it must be true or false");
    }

    @Test
    void takesADecimalWithoutAFractionAsAWholeNumber() {
        assertThat(of(3.0).integer("n")).isEqualTo(3);
        assertThat(of(-0.0).integer("n")).isZero();
        assertThat(of(9007199254740992.0).integer("n")).isEqualTo(1L << 53);
        assertThat(of(Long.MIN_VALUE).integer("n")).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void takesNoNumberAsAWholeOneThatLosesADigit() {
        String remedy = "; it must be a whole number of at most 19 digits";

        refuses(() -> of(1.5).integer("n"), "input 'n' is 1.5" + remedy);
        refuses(() -> of(1e300).integer("n"), "input 'n' is 1.0E300" + remedy);
        refuses(
                () -> of(new BigInteger("9223372036854775808")).integer("n"),
                "input 'n' is 9223372036854775808" + remedy);
        refuses(
                () -> of(new BigDecimal("9007199254740993.0")).integer("n"),
                "input 'n' is 9007199254740993.0" + remedy);
        refuses(
                () -> of(new BigDecimal("4.00000000000000000000001")).integer("n"),
                "input 'n' is 4.00000000000000000000001" + remedy);
    }

    @Test
    void showsLongAndHostileValuesShortAndVisible() {
        refuses(
                () -> of("a\u202E\n" + "x".repeat(1000)).integer("n"),
                "input 'n' is a<U+202E><U+000A>" + "x".repeat(57) + "…; it must be a whole number");
    }

    @Test
    void isAnUnmodifiableMapInTheOrderOfItsSource() {
        assertThat(inputs).isEqualTo(JsonValues.copyOf(values())).hasSize(9);
        assertThat(inputs.keySet().iterator().next())
                .isEqualTo(values().keySet().iterator().next());
        assertThat(inputs.containsKey("null")).isTrue();
        assertThat(inputs.get("null")).isNull();
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> inputs.put("more", 1L));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(inputs::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> inputs.object("object").put("more", 1L));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> inputs.entrySet().iterator().next().setValue(1L));
    }

    @Test
    void namesTheInputThatIsNoJson() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Inputs.copyOf(Map.of("a", new int[0])))
                .withMessageStartingWith("inputs.a is a int[]; JSON knows");
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(call).withMessage(message);
    }

    private static Inputs of(Object n) {
        return Inputs.copyOf(Map.of("n", n));
    }

    private static Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("text", "notes.md");
        values.put("integer", 10);
        values.put("decimal", 1.5);
        values.put("bool", true);
        values.put("list", List.of("a", "b"));
        values.put("mixed", List.of("a", 1));
        values.put("nulls", Arrays.asList("a", null));
        values.put("object", Map.of("inner", "x"));
        values.put("null", null);
        return values;
    }
}
