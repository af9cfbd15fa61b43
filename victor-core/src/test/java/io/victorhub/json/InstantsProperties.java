package io.victorhub.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The same texts as the JDK's, and read back as the same instants. */
class InstantsProperties {

    @Property
    void writesAndReadsWhatTheJdkDoes(@ForAll("instants") Instant instant) {
        byte[] bytes = new byte[Instants.LONGEST + 7];

        int end = Instants.write(instant, bytes, 7);

        assertThat(new String(bytes, 7, end - 7, StandardCharsets.US_ASCII)).isEqualTo(instant.toString());
        assertThat(Instants.parse(bytes, 7, end)).isEqualTo(instant);
    }

    @Example
    void refusesWhatIsNoInstant() {
        for (String text : new String[] {
            "",
            "2026-11-25",
            "2026-13-25T00:00:00Z",
            "2026-11-31T00:00:00Z",
            "2026-11-25T24:01:00Z",
            "2026-11-25T0a:00:00Z",
            "yesterday at about noon"
        }) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Instants.parse(bytes, 0, bytes.length))
                    .as(text)
                    .isInstanceOf(DateTimeException.class);
        }
    }

    @Provide
    Arbitrary<Instant> instants() {
        Arbitrary<Long> seconds = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 4_000_000_000L),
                Arbitraries.longs().between(-62_167_219_300L, -62_167_219_100L),
                Arbitraries.longs().between(253_402_300_700L, 253_402_300_900L),
                Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
        Arbitrary<Integer> nanos = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 999_999_999),
                Arbitraries.integers().between(0, 999).map(millis -> millis * 1_000_000),
                Arbitraries.integers().between(0, 999_999).map(micros -> micros * 1000));
        return Combinators.combine(seconds, nanos).as(Instant::ofEpochSecond);
    }
}
