package io.victorhub.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.json.JsonElements.Element;
import io.victorhub.json.JsonElements.Flaw;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonElementsTest {

    @Test
    void givesEachElementWithItsPlace() throws IOException {
        List<Element> elements = read("[1,\n {\"a\": [true, null, 2.5]},\n\n \"x\"]");

        assertThat(elements).extracting(Element::index).containsExactly(0, 1, 2);
        assertThat(elements).extracting(Element::line).containsExactly(1L, 2L, 4L);
        assertThat(elements)
                .extracting(Element::value)
                .containsExactly(1L, Map.of("a", Arrays.asList(true, null, 2.5)), "x");
    }

    @Test
    void stopsWhenNoMoreIsWanted() throws IOException {
        List<Element> elements = new ArrayList<>();

        int count = JsonElements.read(in("[1, 2, oops"), element -> elements.add(element) && elements.size() < 2);

        assertThat(count).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "''~ it is empty; write an array into it, [] for none",
                "' \n '~ it is empty; write an array into it, [] for none",
                "{\"a\": 1}~ line 1, column 1: it is no array; put '[' before and ']' behind what is there",
                "[1] 2~ line 1, column 5: there is more behind the end of the array; remove it",
                "[1, {\"a\": ~ Unexpected end-of-input",
                "[1~ Unexpected end-of-input: expected close marker for Array (start marker at line: 1, column: 1)",
                "[1, ]~ Unexpected character (']'",
                "[1 2]~ was expecting comma",
                "[NaN]~ Non-standard token 'NaN'"
            })
    void saysWhyATextIsNoArray(String text, String why) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(JsonException.class).hasMessageContaining(why.strip());
    }

    @Test
    void namesTheByteThatIsNoUtf8() {
        byte[] bytes = ("[\"" + "ü".repeat(20_000) + "x\"]").getBytes(StandardCharsets.UTF_8);
        bytes[40_002] = (byte) 0xFC;

        assertThatThrownBy(() -> JsonElements.read(new ByteArrayInputStream(bytes), element -> true))
                .isInstanceOf(JsonException.class)
                .hasMessage("it is not UTF-8 at byte 40002; save it as UTF-8");
    }

    @Test
    void namesTheByteOfACharacterCutInHalf() {
        byte[] bytes = "[\"aü".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(
                        () -> JsonElements.read(new ByteArrayInputStream(bytes, 0, bytes.length - 1), element -> true))
                .hasMessage("it is not UTF-8 at byte 3; save it as UTF-8");
    }

    @Test
    void readsWhatManyBuffersHold() throws IOException {
        String text = "😀ü".repeat(30_000);

        assertThat(read("[\"" + text + "\", \"" + text + "\"]"))
                .extracting(Element::value)
                .containsExactly(text, text);
    }

    @Test
    void passesOverAByteOrderMark() throws IOException {
        assertThat(read("\uFEFF[1]")).hasSize(1);
    }

    @Test
    void saysOfAnElementThatAMemberStandsThereTwice() throws IOException {
        List<Element> elements = read("[{\"a\": 1, \"a\": 2}, {\"b\": {\"c\": 1, \"c\": 1}}, {\"a\": 1}]");

        assertThat(elements)
                .extracting(element -> element.flaw().map(Flaw::member).orElse("none"))
                .containsExactly("a", "c", "none");
    }

    @Test
    void saysOfAnElementThatANumberIsTooLong() throws IOException {
        List<Element> elements = read("[{\"n\": " + "1".repeat(5000) + "}, {\"n\": 1." + "1".repeat(5000) + "}, 7]");

        assertThat(elements)
                .extracting(element -> element.flaw().map(Flaw::message).orElse("none"))
                .containsExactly(
                        "it has a number of 5000 characters; send it as text",
                        "it has a number of 5002 characters; send it as text",
                        "none");
    }

    @Test
    void readsWhatIsNestedAsDeepAsAllowedAndNoDeeper() throws IOException {
        String within = nested(JsonElements.MAX_DEPTH);

        assertThat(read(within)).hasSize(1);
        assertThatThrownBy(() -> read(nested(JsonElements.MAX_DEPTH + 1)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("lists and objects are nested deeper than 200 levels; flatten them");
        assertThatThrownBy(() -> read("[".repeat(1_000_000))).isInstanceOf(JsonException.class);
    }

    private static String nested(int depth) {
        return String.join("", Collections.nCopies(depth, "[")) + String.join("", Collections.nCopies(depth, "]"));
    }

    private static List<Element> read(String text) throws IOException {
        List<Element> elements = new ArrayList<>();
        JsonElements.read(in(text), elements::add);
        return elements;
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
