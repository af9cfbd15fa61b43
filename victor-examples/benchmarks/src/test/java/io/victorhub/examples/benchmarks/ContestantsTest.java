package io.victorhub.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs what needs no server, so small that nothing is measured: it must do its work and report each of its rows. */
@Timeout(120)
class ContestantsTest {

    private static final Settings TINY = Settings.parse(List.of(
            "--quick",
            "--warmup-millis",
            "20",
            "--millis",
            "100",
            "--cap-millis",
            "60_000",
            "--drain-warmup",
            "50",
            "--drain-tasks",
            "200",
            "--probes",
            "8",
            "--queued",
            "1_500",
            "--depth-warmup",
            "50",
            "--depth-tasks",
            "300",
            "--history",
            "300",
            "--many",
            "1_500"));

    @TempDir
    private Path folder;

    static Stream<String> withoutServer() {
        return Catalogue.all(TINY).stream()
                .filter(contestant -> !contestant.needsPostgres())
                .map(Contestant::name);
    }

    @ParameterizedTest
    @MethodSource("withoutServer")
    void reportsAllOfItsRows(String name) throws Exception {
        Contestant contestant = Catalogue.named(name, TINY);
        Map<String, Double> reported = new LinkedHashMap<>();

        for (String phase : contestant.phases()) {
            contestant.run(phase, run(contestant, reported));
        }

        assertThat(reported.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        contestant.rows().stream().map(Row::id).toList());
        assertThat(reported.values()).allMatch(Double::isFinite);
        assertThat(contestant.rows())
                .filteredOn(row -> row.unit() == Unit.PER_SECOND || row.unit() == Unit.MICROSECONDS)
                .allSatisfy(
                        row -> assertThat(reported.get(row.id())).as(row.id()).isPositive());
    }

    @Test
    void namesEachRowOnce() {
        List<String> ids = Catalogue.all(TINY).stream()
                .flatMap(contestant -> contestant.rows().stream())
                .map(Row::id)
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void hasTargetsForRowsThatThereAre() {
        var ids = Catalogue.all(TINY).stream()
                .flatMap(contestant -> contestant.rows().stream())
                .map(Row::id)
                .collect(java.util.stream.Collectors.toSet());

        assertThat(Catalogue.targets()).isNotEmpty().allMatch(target -> target.isAbout(ids));
    }

    @Test
    void runsTheLongestOnlyWhereItIsNamed() {
        Contestant longest = Catalogue.named("scale/ten-million", TINY);

        assertThat(longest.isWanted(List.of())).isFalse();
        assertThat(longest.isWanted(List.of("scale"))).isFalse();
        assertThat(longest.isWanted(List.of("ten-million"))).isTrue();
    }

    private Run run(Contestant contestant, Map<String, Double> reported) {
        return new Run() {
            @Override
            public Path home() {
                return folder;
            }

            @Override
            public Settings settings() {
                return TINY;
            }

            @Override
            public Optional<String> postgres() {
                return Optional.empty();
            }

            @Override
            public void report(String what, double value) {
                reported.put(contestant.name() + (what.isEmpty() ? "" : "." + what), value);
            }
        };
    }
}
