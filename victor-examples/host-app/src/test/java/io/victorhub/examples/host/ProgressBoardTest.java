package io.victorhub.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.scheduling.RunningTask;
import io.victorhub.spi.SkillRef;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressBoardTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void printsALineForEachTenthOfTheWorkWhereThereIsNoTerminal() {
        ProgressBoard board = new ProgressBoard(out, false);

        for (double fraction : new double[] {0, .01, .1, .15, .25, 1}) {
            board.show(List.of(at(fraction)));
        }
        board.end();

        assertThat(printed().lines())
                .containsExactly(
                        "music t-1:   0 % mixing",
                        "music t-1:  10 % mixing", "music t-1:  25 % mixing", "music t-1: 100 % mixing");
    }

    @Test
    void drawsABarOverTheOneBeforeOnATerminal() {
        ProgressBoard board = new ProgressBoard(out, true);

        board.show(List.of(at(0)));
        board.show(List.of(at(.5)));
        board.end();

        String up = "\u001b[1A\u001b[2K\r";
        assertThat(printed())
                .isEqualTo(bar("........................", "  0") + up + bar("############............", " 50") + up);
    }

    private static String bar(String drawn, String percent) {
        return "music                [" + drawn + "] " + percent + " % mixing" + System.lineSeparator();
    }

    private static RunningTask at(double fraction) {
        return new RunningTask("t-1", "music", new SkillRef("m", "1"), 1, Instant.EPOCH, fraction, "mixing");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
