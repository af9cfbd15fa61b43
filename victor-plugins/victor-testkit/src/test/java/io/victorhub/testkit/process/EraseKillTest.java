package io.victorhub.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.Hub;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testkit.HomeBytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of erased tasks when the process is killed in between: nothing of those that were done, and the rest can be repeated. */
class EraseKillTest {

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void anErasureIsDoneOrCanBeRepeatedAfterThreeKills() throws Exception {
        killAndCheck(3, new Random().nextLong());
    }

    @Test
    @Tag("long")
    @Timeout(600)
    void anErasureIsDoneOrCanBeRepeatedAfterSixtyKills() throws Exception {
        killAndCheck(60, new Random().nextLong());
    }

    private void killAndCheck(int kills, long seed) throws Exception {
        Random random = new Random(seed);
        Path home = folder.resolve("home");
        Set<String> erased = new HashSet<>();
        Set<String> halfway = new HashSet<>();
        for (int round = 0; round < kills; round++) {
            String when = "seed " + seed + ", round " + round;
            Set<String> ran = new HashSet<>();
            try (ChildJvm child = ChildJvm.start(folder, EraseKillChild.class, home, "r" + round + "-")) {
                child.await("open");
                assertThat(child.endsWithin(Duration.ofMillis(300 + random.nextInt(500))))
                        .as("%s: %s", when, child)
                        .isFalse();
                child.kill();
                erased.addAll(child.said("erased "));
                ran.addAll(child.said("ran "));
            }
            ran.removeAll(erased);
            for (String id : erased) {
                assertThat(HomeBytes.with(home, EraseKillChild.marker(id)))
                        .as("%s: %s was erased", when, id)
                        .isEmpty();
            }
            try (Hub hub = EraseKillChild.open(home)) {
                for (String id : ran) {
                    assertThat(hub.erase(id).found()).as("%s: %s", when, id).isTrue();
                    assertThat(hub.find(id).orElseThrow().status()).isEqualTo(TaskStatus.DONE);
                    assertThat(HomeBytes.with(home, EraseKillChild.marker(id)))
                            .as("%s: %s is erased again", when, id)
                            .isEmpty();
                    halfway.add(id);
                }
            }
            erased.addAll(ran);
            assertThat(HomeBytes.with(home, ".damaged-")).as(when).isEmpty();
        }
        assertThat(erased).as("seed %d", seed).isNotEmpty();
        if (kills > 20) {
            assertThat(halfway)
                    .as("tasks whose erasure was cut off, or the kills came at no bad moment")
                    .isNotEmpty();
        }
    }
}
