package io.victorhub.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Imported;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PatternsProperties {

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadBackTheSame(@ForAll("histories") List<Imported> history) {
        StringWriter written = new StringWriter();

        long count = PatternsFile.write(History.of(ListLog.of(history)), written, ZoneOffset.UTC);
        PatternsImport read = PatternsFile.parse(written.toString().getBytes(UTF_8), ZoneOffset.UTC);

        assertThat(count).isEqualTo(history.size());
        assertThat(read).isEqualTo(new PatternsImport(history, List.of(), List.of()));
    }

    @Provide
    Arbitrary<List<Imported>> histories() {
        Arbitrary<String> id = Arbitraries.strings()
                .withChars("abcXYZ012-/ _\"\\äß€")
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(text -> text.equals(text.strip()));
        Arbitrary<Duration> duration =
                Arbitraries.longs().between(0, 9_000_000_000_000_000_000L).map(Duration::ofNanos);
        Arbitrary<String> skill = Arbitraries.of("s", "content_generator", "a.b-c", "0");
        Arbitrary<Instant> at = Arbitraries.longs()
                .between(-62_000_000_000_000_000L, 250_000_000_000_000_000L)
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
        return Combinators.combine(id, Arbitraries.of(Execution.Status.class), duration, skill.optional(), at)
                .as((task, status, took, by, ended) -> new Imported(task, status, took, Optional.empty(), by, ended))
                .list()
                .ofMaxSize(12);
    }
}
