package io.victorhub.examples.content;

import io.victorhub.spi.Inputs;
import io.victorhub.spi.InvalidInputException;
import io.victorhub.spi.Parameter;
import io.victorhub.spi.Task;
import io.victorhub.spi.ValueType;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a task asks for.
 *
 * @param count how many posts, 1 to {@value #MOST_POSTS}
 * @param topic what they are about
 * @param style the name of a style
 * @param seed which of all possible batches it is
 */
record Order(int count, String topic, String style, long seed) {

    /** The inputs, as the skill declares them. */
    static final List<Parameter> INPUTS = List.of(
            Parameter.required("topic", ValueType.TEXT, "what the posts are about, at most six words"),
            Parameter.optional("count", ValueType.INTEGER, "how many posts, 1 to 1000; default 1"),
            Parameter.optional(
                    "style", ValueType.TEXT, "casual, inspiring, professional or technical; default professional"),
            Parameter.optional("seed", ValueType.INTEGER, "the same seed gives the same posts; default: by task id"));

    static final int MOST_POSTS = 1000;

    private static final int LONGEST_TOPIC = 60;
    private static final int MOST_TOPIC_WORDS = 6;
    /** What would make other text of the Markdown around it, or break the line. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{C}\\u2028\\u2029\\\\`*_<>|{}\\[\\]]");

    /**
     * {@return the order of a task}
     *
     * @param styles the names there are
     * @throws InvalidInputException if an input is missing, of another type or out of its range
     */
    static Order of(Task task, List<String> styles) {
        Inputs inputs = task.inputs();
        return new Order(
                count(inputs.integer("count", 1)),
                topic(inputs.text("topic")),
                style(inputs.text("style", "professional"), styles),
                inputs.integer("seed", Dice.seedOf(task.id())));
    }

    private static int count(long count) {
        if (count < 1 || count > MOST_POSTS) {
            throw new InvalidInputException("input 'count' is " + count + "; it must be 1.." + MOST_POSTS);
        }
        return (int) count;
    }

    private static String topic(String given) {
        String topic = given.strip().replaceAll(" +", " ");
        if (topic.isEmpty()
                || topic.length() > LONGEST_TOPIC
                || topic.split(" ", -1).length > MOST_TOPIC_WORDS
                || UNFIT.matcher(topic).find()) {
            throw new InvalidInputException("input 'topic' has " + given.length() + " characters; it must be 1.."
                    + MOST_TOPIC_WORDS + " words of together at most " + LONGEST_TOPIC
                    + " characters, on one line and without Markdown signs such as * or <");
        }
        return topic;
    }

    private static String style(String style, List<String> styles) {
        if (!styles.contains(style)) {
            throw new InvalidInputException(
                    "input 'style' is '" + style + "'; it must be one of " + String.join(", ", styles));
        }
        return style;
    }
}
