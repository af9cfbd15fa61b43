package io.victorhub.examples.content;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes sentences of a grammar for one batch. It deals the alternatives of each rule in turn, and remembers what it has
 * said. Not safe for use by several threads.
 */
final class Speaker {

    /** More than enough to find a new sentence where one exists, and few enough to be quick where none does. */
    private static final int ATTEMPTS = 60;

    private final Grammar grammar;
    private final Dice dice;
    private final Map<String, Deck<Template>> decks = new HashMap<>();
    private final Set<String> said = new HashSet<>();
    private int sentences;
    private int repeated;

    Speaker(Grammar grammar, Dice dice) {
        this.grammar = grammar;
        this.dice = dice;
    }

    /** {@return {@code rule} in words} */
    String say(String rule, Facts facts) {
        Template template = decks.computeIfAbsent(rule, name -> new Deck<>(grammar.alternatives(name), dice))
                .deal();
        StringBuilder text = new StringBuilder();
        for (Template.Part part : template.parts()) {
            if (part instanceof Template.Words words) {
                text.append(words.words());
            } else if (part instanceof Template.Agreement verb) {
                text.append(facts.plural() ? verb.many() : verb.one());
            } else if (part instanceof Template.Slot slot) {
                text.append(fill(slot, facts));
            }
        }
        return text.toString();
    }

    /** {@return {@code rule} in words that were not said before, as long as the grammar has any} */
    String sayAnew(String rule, Facts facts) {
        sentences++;
        String text = say(rule, facts);
        for (int attempt = 1; said.contains(text) && attempt < ATTEMPTS; attempt++) {
            facts.drop();
            text = say(rule, facts);
        }
        facts.keep();
        if (!said.add(text)) {
            repeated++;
        }
        return text;
    }

    /** {@return the share of sentences that were new when they were said, 0 to 1} */
    double freshness() {
        return sentences == 0 ? 1 : 1 - (double) repeated / sentences;
    }

    private String fill(Template.Slot slot, Facts facts) {
        String words = slot.fresh()
                ? sayAnew(slot.name(), facts)
                : facts.next(slot.name()).orElseGet(() -> say(slot.name(), facts));
        for (Form form : slot.forms()) {
            words = form.apply(words);
        }
        return words;
    }
}
