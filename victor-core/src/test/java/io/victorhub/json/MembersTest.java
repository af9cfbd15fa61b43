package io.victorhub.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.victorhub.spi.store.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record made of pieces that other codecs wrote. */
class MembersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1.50E+400",
                "9007199254740993.000",
                "true",
                "null",
                "\"\"",
                "\"a\\\"b\\u00e9\"",
                "\"日本\uD83C\uDFB5\"",
                "[]",
                "{}",
                "[1,[2,{\"a\":\"]}\"}]]",
                "{\"a\":{\"b\":[null,\"x\"]}}"
            })
    void givesAPieceBackByteByByte(String piece) {
        byte[] json = bytes(piece);
        byte[] record = new Members()
                .raw("before", json)
                .number("number", -7)
                .raw("piece", json)
                .list("list", List.of(json, json))
                .text("text", "a\"\n日")
                .toBytes();

        Members read = Members.of(record);

        assertThat(read.raw("piece")).asString().isEqualTo(piece);
        assertThat(read.raw("before")).asString().isEqualTo(piece);
        assertThat(read.list("list")).extracting(String::new).containsExactly(piece, piece);
        assertThat(read.number("number")).isEqualTo(-7);
        assertThat(read.text("text")).isEqualTo("a\"\n日");
    }

    @Test
    void tellsWhatIsThere() {
        Members members = Members.of(bytes("{\"a\":1}"));

        assertThat(members.has("a")).isTrue();
        assertThat(members.has("b")).isFalse();
        assertThat(members.list("b")).isEmpty();
    }

    @Test
    void namesTheMemberThatIsMissingOrOfAnotherKind() {
        Members members = Members.of(bytes("{\"n\":1,\"t\":\"x\",\"big\":9223372036854775808,\"wide\":1e99999999999}"));

        refuses(() -> members.raw("a"), "a record has no 'a'");
        refuses(() -> members.text("n"), "'n' of a record is no text");
        refuses(() -> members.number("t"), "'t' of a record is no whole number");
        refuses(() -> members.number("big"), "'big' of a record is no whole number");
        refuses(() -> members.list("t"), "'t' of a record is no list");
        refuses(() -> members.number("wide"), "the exponent of a number is too large");
    }

    @Test
    void refusesARecordThatIsCutAnywhere() {
        byte[] whole = bytes("{\"a\":1,\"b\":[\"x\",{}],\"c\":\"é\"}");

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(StorageException.class)
                    .as("cut at byte %d", length)
                    .isThrownBy(() -> Members.of(cut));
        }
    }

    private static void refuses(Runnable reading, String message) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(reading::run)
                .withMessage(message);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
