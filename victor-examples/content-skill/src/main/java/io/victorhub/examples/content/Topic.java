package io.victorhub.examples.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a batch of posts is about.
 *
 * @param name as it stands in the middle of a sentence
 * @param facts by kind: alias, people, goal, scene
 * @param aspects what the sections can be about, at least {@value #MOST_SECTIONS}
 */
record Topic(String name, Map<String, List<String>> facts, List<Aspect> aspects) {

    /** How many sections the longest post has, each about another aspect. */
    static final int MOST_SECTIONS = 5;

    Topic {
        facts = Map.copyOf(facts);
        aspects = List.copyOf(aspects);
        if (aspects.size() < MOST_SECTIONS) {
            throw new IllegalArgumentException("topic " + name + " has " + aspects.size()
                    + " aspects; a post needs up to " + MOST_SECTIONS + ", so add some to its file");
        }
    }

    /**
     * {@return the topic that the lines of a file describe: on each line a kind of fact, a space, and the fact; what
     * follows a line {@code aspect} belongs to it}
     *
     * @param name what stands in the place of {@code {topic}}
     */
    static Topic parse(String name, List<String> lines) {
        List<Map<String, List<String>>> blocks = new ArrayList<>();
        blocks.add(new LinkedHashMap<>());
        for (String line : lines) {
            int space = line.indexOf(' ');
            if (space < 1 || line.startsWith("#")) {
                continue;
            }
            String kind = line.substring(0, space);
            if (kind.startsWith("aspect")) {
                blocks.add(new LinkedHashMap<>());
            }
            blocks.get(blocks.size() - 1)
                    .computeIfAbsent(kind, any -> new ArrayList<>())
                    .add(line.substring(space + 1).replace("{topic}", name));
        }
        List<Aspect> aspects = blocks.stream().skip(1).map(Aspect::of).toList();
        return new Topic(name, blocks.get(0), aspects);
    }

    /**
     * {@return all facts of one kind}
     *
     * @throws IllegalStateException if there are none: a slip in a topic file
     */
    List<String> all(String kind) {
        List<String> all = facts.get(kind);
        if (all == null) {
            throw new IllegalStateException("topic " + name + " has no " + kind + "; add some to its file");
        }
        return all;
    }

    /** {@return the same topic by another name} */
    Topic named(String otherName) {
        return new Topic(otherName, facts, aspects);
    }

    /** {@return whether a host that asks for {@code wanted} means this topic} */
    boolean answersTo(String wanted) {
        return name.equalsIgnoreCase(wanted)
                || facts.getOrDefault("alias", List.of()).stream().anyMatch(wanted::equalsIgnoreCase);
    }
}
