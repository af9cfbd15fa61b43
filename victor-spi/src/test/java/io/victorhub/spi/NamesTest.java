package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and ids come from files and other programs, so the rules meet whatever these may hold. */
class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "text.summarize", "content_generation", "a-b_c.d", "0.-_"})
    void takesNamesOfLowerCaseLettersDigitsAndSeparators(String name) {
        assertThat(Names.requireName("task type", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "-a",
                "_a",
                "A",
                "aB",
                "a b",
                "a/b",
                "ä",
                "a\n",
                "\u0430",
                "a\u0000",
                "٣",
                "../etc",
                "a\u202Eb"
            })
    void refusesAnyOtherName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Names.requireName("task type", name))
                .withMessageStartingWith("task type '")
                .withMessageEndingWith(
                        "' must be 1 to 100 of a-z, 0-9, '.', '_' and '-', and begin with a letter or a digit");
    }

    @Test
    void takesNamesOfAHundredCharactersAndNoMore() {
        assertThat(Names.requireName("skill", "a".repeat(100))).hasSize(100);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Names.requireName("skill", "a".repeat(101)))
                .withMessage("skill '" + "a".repeat(60)
                        + "…' must be 1 to 100 of a-z, 0-9, '.', '_' and '-', and begin with a letter or a digit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "Report 7/b",
                "Überweisung №5",
                "日本語",
                "e\u0301",
                "\uD83C\uDFB5",
                "name@2026-01-05T09:00:00Z"
            })
    void takesIdsOfPrintableCharactersOfAnyScript(String id) {
        assertThat(Names.requireId("task id", id)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "0, U+0000",
        "9, U+0009",
        "10, U+000A",
        "13, U+000D",
        "27, U+001B",
        "127, U+007F",
        "133, U+0085",
        "160, U+00A0",
        "173, U+00AD",
        "8203, U+200B",
        "8206, U+200E",
        "8232, U+2028",
        "8233, U+2029",
        "8238, U+202E",
        "8294, U+2066",
        "12288, U+3000",
        "55296, U+D800",
        "57343, U+DFFF",
        "57344, U+E000",
        "65279, U+FEFF",
        "65535, U+FFFF",
        "917569, U+E0041",
        "1114111, U+10FFFF"
    })
    void namesTheUnprintableCharacterOfAnId(int codePoint, String shown) {
        String id = "a" + Character.toString(codePoint) + "b";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Names.requireId("task id", id))
                .withMessage("task id 'a<" + shown + ">b' has the unprintable character " + shown + "; remove it");
    }

    @Test
    void takesIdsOf200CharactersAndNoMore() {
        assertThat(Names.requireId("lane", "x".repeat(200))).hasSize(200);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Names.requireId("lane", "x".repeat(201)))
                .withMessage("lane '" + "x".repeat(60) + "…' has 201 characters; it must have 1 to 200");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Names.requireId("lane", ""))
                .withMessage("lane '' has 0 characters; it must have 1 to 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", " a", "a "})
    void refusesBlanksAtTheEndsOfAnId(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Names.requireId("batch", id))
                .withMessage("batch '" + id + "' must not begin or end with a blank");
    }

    @Test
    void saysWhatIsNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> Names.requireId("task id", null))
                .withMessage("task id");
        assertThatNullPointerException()
                .isThrownBy(() -> Names.requireName("task type", null))
                .withMessage("task type");
    }

    @Test
    void showsSixtyCharactersAndNeverHalfOfOne() {
        String notes = "\uD83C\uDFB5".repeat(61);

        assertThat(Names.shown(notes)).isEqualTo("\uD83C\uDFB5".repeat(60) + "…");
        assertThat(Names.shown("a\u202Eb\uD800")).isEqualTo("a<U+202E>b<U+D800>");
    }

    @Test
    void replacesHalvesOfSurrogatePairsAndNothingElse() {
        assertThat(Names.whole("a\uD800b\uDC00\uDC00\uD83C\uDFB5\uD83C"))
                .isEqualTo("a\uFFFDb\uFFFD\uFFFD\uD83C\uDFB5\uFFFD");
        assertThat(Names.whole("plain \uD83C\uDFB5")).isEqualTo("plain \uD83C\uDFB5");
    }
}
