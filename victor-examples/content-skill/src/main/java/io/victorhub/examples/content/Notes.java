package io.victorhub.examples.content;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the author of one post has on the desk: the words that stay the same throughout, and the facts about the aspect
 * at hand. Facts are dealt from decks that the whole batch shares, and none is used twice in a post while others are
 * left. Not safe for use by several threads.
 */
final class Notes implements Facts {

    private final Map<String, Deck<String>> decks;
    private final Dice dice;
    private final Map<String, String> words = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> mentioned = new HashSet<>();
    private Aspect aspect;

    /**
     * @param decks of the batch, by what they hold; filled as they are needed
     * @param aspect what to talk about first
     */
    Notes(Map<String, Deck<String>> decks, Dice dice, Aspect aspect) {
        this.decks = decks;
        this.dice = dice;
        this.aspect = aspect;
    }

    /** Sets a word that stays the same from now on. */
    void put(String name, String word) {
        words.put(name, word);
    }

    /** Sets a word that stays the same from now on to the next of several. */
    void choose(String name, List<String> choices) {
        words.put(name, deal(name, choices));
    }

    /** From now on the text is about this aspect. */
    void turnTo(Aspect next) {
        aspect = next;
        put("aspect", next.name());
    }

    @Override
    public Optional<String> next(String name) {
        String word = words.get(name);
        if (word != null) {
            return Optional.of(word);
        }
        return Optional.ofNullable(aspect.facts().get(name)).map(facts -> deal(aspect.name() + "/" + name, facts));
    }

    @Override
    public boolean plural() {
        return aspect.plural();
    }

    @Override
    public void keep() {
        used.addAll(mentioned);
        mentioned.clear();
    }

    @Override
    public void drop() {
        mentioned.clear();
    }

    private String deal(String key, List<String> facts) {
        Deck<String> deck = decks.computeIfAbsent(key, any -> new Deck<>(facts, dice));
        String fact = deck.deal();
        for (int others = deck.size() - 1; used.contains(fact) && others > 0; others--) {
            fact = deck.deal();
        }
        mentioned.add(fact);
        return fact;
    }
}
