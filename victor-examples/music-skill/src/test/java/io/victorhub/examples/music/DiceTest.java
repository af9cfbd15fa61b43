package io.victorhub.examples.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiceTest {

    @Test
    void rollsThePublishedNumbersOfSplitMix64() {
        Dice dice = new Dice(1234567);

        assertThat(List.of(dice.next(), dice.next(), dice.next()))
                .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
    }

    @Test
    void staysBelowItsBound() {
        Dice dice = new Dice(1);

        assertThat(IntStream.range(0, 1000).map(i -> dice.below(6))).containsOnly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void makesThePublishedSeedsOfTexts() {
        assertThat(Dice.seedOf("")).isEqualTo(0xcbf29ce484222325L);
        assertThat(Dice.seedOf("foobar")).isEqualTo(0x85944171f73967e8L);
    }

    @Test
    void givesEachPartDiceOfItsOwn() {
        assertThat(Dice.forPart(1, 2).next()).isEqualTo(Dice.forPart(1, 2).next());
        assertThat(Dice.forPart(1, 2).next())
                .isNotEqualTo(Dice.forPart(1, 3).next())
                .isNotEqualTo(Dice.forPart(2, 2).next());
    }

    @Test
    void rollsFractionsBelowOne() {
        Dice dice = new Dice(9);

        assertThat(IntStream.range(0, 1000).mapToDouble(i -> dice.fraction()))
                .allMatch(fraction -> fraction >= 0 && fraction < 1)
                .anyMatch(fraction -> fraction > .99)
                .anyMatch(fraction -> fraction < .01);
    }
}
