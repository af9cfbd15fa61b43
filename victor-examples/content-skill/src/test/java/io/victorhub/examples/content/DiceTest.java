package io.victorhub.examples.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
    void dealsEachCardOnceBeforeAnyComesAgain() {
        Deck<Integer> deck = new Deck<>(List.of(1, 2, 3, 4, 5), new Dice(3));

        List<Integer> dealt = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            dealt.add(deck.deal());
        }

        assertThat(dealt.subList(0, 5)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
        assertThat(dealt.subList(5, 10)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }
}
