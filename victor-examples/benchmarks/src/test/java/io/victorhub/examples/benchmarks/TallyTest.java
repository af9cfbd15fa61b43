package io.victorhub.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally(2);

    @Test
    void passesWhereEachTaskCameOnce() throws Exception {
        done(0);
        done(1);

        assertThat(tally.perSecond(1)).isPositive();
        tally.checkArrived();
    }

    @Test
    void failsWhereATaskCameTwiceInsteadOfAnother() {
        done(1);
        done(1);

        assertThatThrownBy(tally::checkArrived).hasMessageContaining("add up to 2 instead of 1");
    }

    @Test
    void failsWithWhatWentWrong() {
        done(0);
        tally.failed("task 1 is dead");

        assertThatThrownBy(() -> tally.perSecond(1)).hasMessage("task 1 is dead");
    }

    private void done(long number) {
        tally.called(number);
        tally.ended();
    }
}
