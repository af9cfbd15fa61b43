package io.victorhub.examples.content;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The topics and styles that the jar brings along. Immutable. */
final class Library {

    private static final List<String> STYLES = List.of("casual", "inspiring", "professional", "technical");

    private static final List<String> TOPICS =
            List.of("AI", "software testing", "remote work", "gardening", "personal finance");

    private final List<Topic> topics;
    private final List<String> general;
    private final Map<String, Grammar> grammars = new TreeMap<>();

    /** Reads everything once. */
    Library() {
        topics = TOPICS.stream()
                .map(name -> Topic.parse(name, lines(fileName(name))))
                .toList();
        general = lines("general.topic");
        List<String> base = lines("base.grammar");
        STYLES.forEach(style -> grammars.put(style, Grammar.parse(List.of(base, lines(style + ".grammar")))));
    }

    /** {@return the names of the styles, in alphabetical order} */
    List<String> styles() {
        return STYLES;
    }

    /** {@return the grammar of a style, or nothing if there is no such style} */
    Optional<Grammar> grammar(String style) {
        return Optional.ofNullable(grammars.get(style));
    }

    /** {@return the topics that have a file of their own} */
    List<Topic> topics() {
        return topics;
    }

    /** {@return the topic by that name or alias; for any other words, a topic with what is true of most} */
    Topic topic(String words) {
        return topics.stream()
                .filter(topic -> topic.answersTo(words))
                .findFirst()
                .map(topic -> topic.name().equalsIgnoreCase(words) ? topic : topic.named(words))
                .orElseGet(() -> Topic.parse(words, general));
    }

    private static String fileName(String topic) {
        return topic.toLowerCase(Locale.ROOT).replace(' ', '-') + ".topic";
    }

    private static List<String> lines(String file) {
        try (InputStream in = Library.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks its file " + file + "; build it anew");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
