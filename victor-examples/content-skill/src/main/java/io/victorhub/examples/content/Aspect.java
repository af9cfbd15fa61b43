package io.victorhub.examples.content;

import java.util.List;
import java.util.Map;

/**
 * One side of a topic, with what there is to say about it.
 *
 * @param name as it stands in the middle of a sentence, such as "training data"
 * @param plural whether the name is a plural
 * @param facts by kind: question, why, tip, trap, measure, case
 */
record Aspect(String name, boolean plural, Map<String, List<String>> facts) {

    Aspect {
        facts = Map.copyOf(facts);
    }

    /** {@return the aspect of a block of lines, whose first is {@code aspect} or, for a plural, {@code aspects}} */
    static Aspect of(Map<String, List<String>> block) {
        List<String> plural = block.get("aspects");
        List<String> name = plural == null ? block.getOrDefault("aspect", List.of()) : plural;
        return new Aspect(name.get(0), plural != null, block);
    }
}
