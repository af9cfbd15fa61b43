package io.victorhub.examples.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules by name, each with its alternatives. Immutable, so that all tasks of a style share one.
 *
 * @param rules never empty lists
 */
record Grammar(Map<String, List<Template>> rules) {

    Grammar {
        rules = Map.copyOf(rules);
    }

    /**
     * {@return the grammar that the lines of all {@code sources} make up; a rule that stands in several has the
     * alternatives of all of them}
     *
     * @throws IllegalArgumentException if a line cannot be read
     */
    static Grammar parse(List<List<String>> sources) {
        Map<String, List<Template>> rules = new LinkedHashMap<>();
        for (List<String> lines : sources) {
            String rule = "";
            for (String line : lines) {
                if (line.startsWith("[") && line.endsWith("]")) {
                    rule = line.substring(1, line.length() - 1);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    rules.computeIfAbsent(rule, name -> new ArrayList<>()).add(Template.parse(line));
                }
            }
        }
        rules.replaceAll((name, templates) -> List.copyOf(templates));
        return new Grammar(rules);
    }

    /** {@return whether there is a rule of that name} */
    boolean has(String rule) {
        return rules.containsKey(rule);
    }

    /**
     * {@return the alternatives of {@code rule}}
     *
     * @throws IllegalStateException if there is no such rule: a slip in a grammar file
     */
    List<Template> alternatives(String rule) {
        List<Template> templates = rules.get(rule);
        if (templates == null) {
            throw new IllegalStateException("'" + rule + "' is neither a rule of the grammar nor a fact; there are "
                    + Set.copyOf(rules.keySet()));
        }
        return templates;
    }
}
