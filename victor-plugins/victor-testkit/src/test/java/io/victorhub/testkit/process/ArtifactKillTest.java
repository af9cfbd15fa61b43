package io.victorhub.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.Hub;
import io.victorhub.KeptArtifact;
import io.victorhub.spi.Artifact;
import io.victorhub.spi.Execution;
import io.victorhub.spi.store.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the files of a hub that is killed while its tasks write some: those that executions name, and no others. */
class ArtifactKillTest {

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void everyNamedFileIsThereAndNoOtherAfterThreeKills() throws Exception {
        killAndCheck(3, new Random().nextLong());
    }

    @Test
    @Tag("long")
    @Timeout(600)
    void everyNamedFileIsThereAndNoOtherAfterSixtyKills() throws Exception {
        killAndCheck(60, new Random().nextLong());
    }

    private void killAndCheck(int kills, long seed) throws Exception {
        Random random = new Random(seed);
        Path home = folder.resolve("home");
        int orphans = 0;
        for (int round = 0; round < kills; round++) {
            try (ChildJvm child = ChildJvm.start(folder, ArtifactKillChild.class, home, "r" + round + "-")) {
                child.await("open");
                assertThat(child.endsWithin(Duration.ofMillis(300 + random.nextInt(400))))
                        .as("seed %d: %s", seed, child)
                        .isFalse();
                child.kill();
            }
            int before = files(home).size();
            Set<Path> named = check(home, "seed " + seed + ", round " + round);
            assertThat(files(home)).as("seed %d, round %d", seed, round).isEqualTo(named);
            orphans += before - named.size();
        }
        if (kills > 20) {
            assertThat(orphans)
                    .as("files that nobody named, or the kills came at no bad moment")
                    .isPositive();
        }
    }

    private static Set<Path> check(Path home, String when) throws IOException {
        Set<Path> named = new HashSet<>();
        try (Hub hub = ArtifactKillChild.open(home)) {
            List<Execution> executions = StreamSupport.stream(
                            hub.history().from(Position.START).spliterator(), false)
                    .map(logged -> logged.entry())
                    .filter(Execution.class::isInstance)
                    .map(Execution.class::cast)
                    .toList();
            for (Execution execution : executions) {
                for (Artifact artifact : execution.details().artifacts()) {
                    KeptArtifact kept = new KeptArtifact(artifact, hub.home().resolve(artifact.path()));
                    assertThat(kept.isIntact())
                            .as("%s: %s of %s", when, artifact, execution)
                            .isTrue();
                    named.add(kept.file());
                }
            }
        }
        assertThat(named).as(when).isNotEmpty();
        return named;
    }

    private static Set<Path> files(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home.resolve("artifacts"))) {
            return new HashSet<>(all.filter(Files::isRegularFile).toList());
        }
    }
}
