package io.victorhub.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.JsonValues;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class JsonProperties {

    private static final JsonLimits LIMITS = new JsonLimits(1 << 16, 70);

    @Property(tries = 200)
    void whatIsWrittenOnOneLineIsReadBack(@ForAll("values") Object value) {
        byte[] json = Json.compact(value);

        assertThat(JsonValues.copyOf(Json.parse(json, LIMITS))).isEqualTo(value);
        assertThat(json).doesNotContain('\n');
    }

    @Property(tries = 100)
    void whatIsWrittenOverLinesIsReadBack(@ForAll("values") Object value) {
        byte[] json = Json.pretty(value).getBytes(StandardCharsets.UTF_8);

        assertThat(JsonValues.copyOf(Json.parse(json, LIMITS))).isEqualTo(value);
    }

    @Property(tries = 2000)
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property(tries = 2000)
    void anyTextOfTheCharactersOfJsonIsReadOrRefused(@ForAll("almostJson") String text) {
        readOrRefuse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 500)
    void jsonWithBytesChangedIsReadOrRefused(
            @ForAll("values") Object value, @ForAll @Size(max = 4) int[] places, @ForAll byte instead) {
        byte[] json = Json.compact(value);
        for (int place : places) {
            json[Math.floorMod(place, json.length)] = instead;
        }

        readOrRefuse(json);
    }

    private static void readOrRefuse(byte[] json) {
        try {
            Object value = Json.parse(json, LIMITS);
            assertThat(Json.parse(Json.pretty(value).getBytes(StandardCharsets.UTF_8), LIMITS))
                    .isEqualTo(value);
        } catch (JsonException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n", "REDACTED");
        }
    }

    @Provide
    Arbitrary<Object> values() {
        return JsonArbitraries.values();
    }

    @Provide
    Arbitrary<String> almostJson() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "\\",
                        "\\u12",
                        "\"a\"",
                        "\"b\":",
                        "1",
                        "-",
                        "0",
                        ".5",
                        "e9",
                        "E+99999999999",
                        "true",
                        "null",
                        "fals",
                        " ",
                        "\n",
                        "/*",
                        "//",
                        "'",
                        "é",
                        "\uD83C\uDFB5",
                        "NaN")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
