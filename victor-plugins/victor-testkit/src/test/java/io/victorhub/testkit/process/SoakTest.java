package io.victorhub.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub at full speed for long: nothing is lost, and neither its heap nor its home grows. */
class SoakTest {

    private static final long GROWTH = 24L << 20;

    /** What is written between two looks of retention, with the files that are being written. */
    private static final long ABOVE_KEPT = 512L << 20;

    @TempDir
    private Path folder;

    private record Look(long seconds, long settled, long heap, long home) {
        static Look of(String line) {
            long[] numbers =
                    Stream.of(line.split(" ")).mapToLong(Long::parseLong).toArray();
            return new Look(numbers[0], numbers[1], numbers[2], numbers[3]);
        }
    }

    @Test
    @Timeout(120)
    void losesNothingInAFewSeconds() throws Exception {
        assertThat(soak(5, 1)).isNotEmpty();
    }

    @Test
    @Tag("long")
    @Timeout(900)
    void staysAsLargeAsItIsForTenMinutes() throws Exception {
        List<Look> looks = soak(600, 20);

        looks.forEach(look -> System.out.println("soak: " + look));
        List<Look> late = looks.subList(2 * looks.size() / 3, looks.size());
        List<Look> early = looks.subList(looks.size() / 6, looks.size() / 3); // filled once, not only begun
        assertThat(leastHeap(late)).isLessThan(leastHeap(early) + GROWTH);
        assertThat(looks).allSatisfy(look -> assertThat(look.home()).isLessThan(SoakChild.KEPT_BYTES + ABOVE_KEPT));
    }

    private static long leastHeap(List<Look> looks) {
        return looks.stream().mapToLong(Look::heap).min().orElseThrow();
    }

    private List<Look> soak(int seconds, int between) throws Exception {
        List<String> command = ChildJvm.command(
                List.of("-XX:TieredStopAtLevel=4", "-Xmx256m"),
                SoakChild.class,
                folder.resolve("home"),
                seconds,
                8,
                between);
        try (ChildJvm child = ChildJvm.start(folder, command)) {
            assertThat(child.endsWithin(Duration.ofSeconds(seconds + 60))).isTrue();
            assertThat(child.end()).isZero();
            String[] done = child.await("done").split(" ");
            assertThat(Long.parseLong(done[0])).isPositive();
            assertThat(done[1]).as("settled of those acknowledged").isEqualTo(done[0]);
            return child.said("at").stream().map(Look::of).toList();
        }
    }
}
