package io.victorhub.examples.content;

import java.util.ArrayList;
import java.util.List;

/**
 * Deals the elements of a list in a random order, each once before any comes again. This is what keeps a batch of posts
 * from sounding alike. Not safe for use by several threads.
 */
final class Deck<T> {

    private final Dice dice;
    private final List<T> cards;
    private int dealt;

    Deck(List<T> cards, Dice dice) {
        if (cards.isEmpty()) {
            throw new IllegalArgumentException("a deck needs at least one card");
        }
        this.dice = dice;
        this.cards = new ArrayList<>(cards);
        this.dealt = this.cards.size();
    }

    /** {@return the next card; the deck is shuffled again when all have been dealt} */
    T deal() {
        if (dealt == cards.size()) {
            dice.shuffle(cards);
            dealt = 0;
        }
        return cards.get(dealt++);
    }

    /** {@return how many cards there are} */
    int size() {
        return cards.size();
    }
}
