package io.victorhub.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strict reading of what others wrote: a good message for whatever is wrong, and no other kind of trouble. */
class JsonTest {

    private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 10);

    private static final String QUEUE = "[{\"type\": \"t\", \"inputs\": {\"n\": -1.5e3, \"ok\": true, \"no\": null,\n"
            + "  \"text\": \"\\u00e9 \\\"日本\\\" \uD83C\uDFB5\"}}, [], {}]\n";

    @Test
    void readsAWholeNumberWithAnExponentAsItIsWritten() {
        assertThat(Json.parse("-9008461608601125e0".getBytes(StandardCharsets.UTF_8), new JsonLimits(100, 5)))
                .isEqualTo(-9008461608601125L);
    }

    @Test
    void readsEveryKindOfValue() {
        Object value = parse(QUEUE);

        assertThat(value)
                .asString()
                .isEqualTo("[{type=t, inputs={n=-1500.0, ok=true, no=null, text=é \"日本\" \uD83C\uDFB5}}, [], {}]");
    }

    @ParameterizedTest
    @CsvSource({
        "0, java.lang.Long",
        "-0, java.lang.Long",
        "9223372036854775807, java.lang.Long",
        "9223372036854775808, java.math.BigInteger",
        "0.1, java.lang.Double",
        "1e300, java.lang.Double",
        "-0.0, java.lang.Double",
        "0.1000000000000000000001, java.math.BigDecimal",
        "1e400, java.math.BigDecimal"
    })
    void readsNumbersWithoutLosingADigit(String number, Class<?> kind) {
        Object value = parse(number);

        assertThat(value).isInstanceOf(kind);
        assertThat(new BigDecimal(String.valueOf(value))).isEqualByComparingTo(number);
    }

    @Test
    void keepsTheSignOfZero() {
        assertThat(parse("-0.0")).isEqualTo(-0.0);
        assertThat(parse("0.0")).isEqualTo(0.0);
    }

    @Test
    void keepsTheOrderOfMembers() {
        assertThat((Map<?, ?>) parse("{\"z\":1,\"a\":2,\"m\":3}")).asString().isEqualTo("{z=1, a=2, m=3}");
    }

    @Test
    void passesOverOneByteOrderMark() {
        assertThat(parse("\uFEFF[1]")).asString().isEqualTo("[1]");

        refuses("\uFEFF\uFEFF[1]", 1, 1, "<U+FEFF>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t\r ", "\uFEFF"})
    void saysThatAnEmptyTextIsEmpty(String text) {
        refuses(text, 1, 1, "it is empty; write a JSON value into it");
    }

    @Test
    void refusesATextThatIsCutAtAnyByte() {
        byte[] whole = QUEUE.strip().getBytes(StandardCharsets.UTF_8);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(JsonException.class)
                    .as("cut at byte %d", length)
                    .isThrownBy(() -> Json.parse(cut, LIMITS));
        }
    }

    @Test
    void saysWhereATextEndsTooEarlyAndWhatIsStillOpen() {
        refuses("[\n  {\"a\": 1", 2, 10, "start marker at line 2, column 3");
        refuses("\"abc", 1, 5, "closing quote");
    }

    @Test
    void refusesAMemberThatComesTwice() {
        refuses("{\"a\":1,\n \"a\":2}", 2, 5, "'a'");
        refuses("[{\"b\":{\"c\":1,\"c\":1}}]", 1, 17, "'c'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1] x", "[1]\n]", "1 2", "{} {}", "null,", "[]\u0000"})
    void refusesAnythingBehindTheValue(String text) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> parse(text))
                .satisfies(e -> assertThat(e.column()).isPositive());
    }

    @Test
    void saysWhatIsBehindTheValue() {
        refuses("[1]\n [2]", 2, 2, "there is more behind the end of the value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[1,]           | 4",
                "[,1]           | 2",
                "{'a':1}        | 2",
                "{a:1}          | 2",
                "{\"a\" 1}      | 6",
                "// no          | 1",
                "/* no */ 1     | 1",
                "+1             | 2",
                "01             | 2",
                ".5             | 1",
                "1.             | 2",
                "0x10           | 2",
                "[1}            | 3",
                "[\"\\x\"]      | 4",
                "[\"\\u12g4\"]  | 7",
                "1e99999999999  | 1"
            })
    void refusesWhatLooksLikeJsonOnly(String text, long column) {
        refuses(text, 1, column, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-Infinity",
                "True",
                "undefined",
                "nul",
                "-",
                "\"a\tb\"",
                "\"a\nb\"",
                "\u00A01"
            })
    void refusesWordsAndCharactersThatJsonDoesNotHave(String text) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> parse(text))
                .satisfies(e -> assertThat(e.line()).isPositive());
    }

    @Test
    void saysNothingThatOnlyAJacksonUserUnderstands() {
        for (String text : new String[] {"[", "{", "[1}", "+1", "NaN", "/**/1", "9".repeat(2000), "[".repeat(11)}) {
            assertThatExceptionOfType(JsonException.class)
                    .isThrownBy(() -> parse(text))
                    .satisfies(e -> assertThat(e.getMessage())
                            .startsWith("line 1, column ")
                            .doesNotContain("Source", "REDACTED", "Constraints", "ReadFeature", "Feature '"));
        }
    }

    @Test
    void showsHostileCharactersVisibly() {
        refuses("[\u202Ex]", 1, 2, "<U+202E>");
        refuses("\u0007", 1, 2, "");
    }

    @Test
    void refusesATextThatIsNoUtf8AndNamesTheByte() {
        for (byte[] bad : new byte[][] {
            {'"', (byte) 0xC3, '"'},
            {'"', (byte) 0xFF, '"'},
            {'"', (byte) 0xC0, (byte) 0x80, '"'},
            {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
            {'"', (byte) 0xE9}
        }) {
            assertThatExceptionOfType(JsonException.class)
                    .isThrownBy(() -> Json.parse(bad, LIMITS))
                    .withMessage("it is not UTF-8 at byte 1; save it as UTF-8");
        }
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("[1]".getBytes(StandardCharsets.UTF_16), LIMITS))
                .withMessage("it is not UTF-8 at byte 0; save it as UTF-8");
    }

    @Test
    void readsNoMoreThanItsLimits() {
        assertThat(Json.parse("[1]".getBytes(StandardCharsets.UTF_8), new JsonLimits(3, 10)))
                .asString()
                .isEqualTo("[1]");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("[1] ".getBytes(StandardCharsets.UTF_8), new JsonLimits(3, 10)))
                .withMessage("it has 4 bytes; at most 3 are read");

        assertThat(parse("[".repeat(10) + "]".repeat(10))).isNotNull();
        refuses("[".repeat(11) + "]".repeat(11), 1, 12, "(11) exceeds the maximum allowed (10)");
        refuses("{\"a\":".repeat(500_000 / 5), 1, 52, "(11) exceeds the maximum allowed (10)");
    }

    /** They would take time that grows with the square of their length. */
    @Test
    void refusesNumbersOfManyDigitsAtTheirEnd() {
        assertThat(parse("9".repeat(1000))).isEqualTo(new BigInteger("9".repeat(1000)));

        refuses("9".repeat(10_000), 1, 10_001, "(10000) exceeds the maximum allowed (1100)");
        refuses("[1." + "3".repeat(1_000_000) + "]", 1, 1_000_004, "exceeds the maximum allowed (1100)");
        refuses("[-" + "3".repeat(1_000_000) + "e5]", 1, 1_000_005, "exceeds the maximum allowed (1100)");
    }

    @Test
    void writesOnOneLineOrOnLinesOfTheirOwn() {
        Object value = parse("{\"a\":[1,{\"b\":null}],\"c\":{}}");

        assertThat(new String(Json.compact(value), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":[1,{\"b\":null}],\"c\":{}}");
        assertThat(Json.pretty(value)).isEqualTo("""
                        {
                          "a" : [
                            1,
                            {
                              "b" : null
                            }
                          ],
                          "c" : { }
                        }""");
    }

    private static Object parse(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8), LIMITS);
    }

    private static void refuses(String text, long line, long column, String part) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> parse(text))
                .withMessageContaining(part)
                .satisfies(e -> assertThat(e.line() + ":" + e.column())
                        .as(e.getMessage())
                        .isEqualTo(line + ":" + column));
    }
}
