package io.victorhub.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left of a hub whose process is killed at a random moment, over and over: nothing that was acknowledged is lost,
 * nothing that was settled runs again, and the log tells every attempt once.
 */
class KillTest {

    private static final int KILLS_PER_HOME = 10;

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void losesNothingAndRepeatsNothingOverTwentyKills() throws Exception {
        killAndCheck(20, new Random().nextLong());
    }

    @Test
    @Tag("long")
    @Timeout(300)
    void losesNothingAndRepeatsNothingOverTwoHundredKills() throws Exception {
        killAndCheck(200, new Random().nextLong());
    }

    private void killAndCheck(int kills, long seed) throws Exception {
        Random random = new Random(seed);
        int lost = 0;
        for (int home = 0; home < kills / KILLS_PER_HOME; home++) {
            KilledHome killed = new KilledHome(folder.resolve("home-" + home), "seed " + seed + ", home " + home);
            for (int round = 0; round < KILLS_PER_HOME; round++) {
                killed.killOnce(round, random);
            }
            killed.drain();
            killed.checkLog();
            lost += killed.lostAttempts();
        }
        assertThat(lost)
                .as("attempts that a kill ended, or the kills came at no bad moment")
                .isPositive();
    }
}
