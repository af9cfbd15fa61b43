package io.victorhub.examples.music;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes a kind of music sound like itself. Read from a file of its own; {@code ambient.genre} explains them.
 *
 * @param name in lower case
 * @param facts by kind, never empty lists
 */
record Genre(String name, Map<String, List<String>> facts) {

    /** The genres that the jar brings along. */
    static final List<String> NAMES = List.of("acoustic", "ambient", "cinematic", "corporate", "electronic", "lofi");

    Genre {
        facts = Map.copyOf(facts);
    }

    /** {@return the genre of that name, which must be one of {@link #NAMES}} */
    static Genre load(String name) {
        Map<String, List<String>> facts = new LinkedHashMap<>();
        for (String line : lines(name + ".genre")) {
            int space = line.indexOf(' ');
            if (space > 0 && !line.startsWith("#")) {
                facts.computeIfAbsent(line.substring(0, space), kind -> new ArrayList<>())
                        .add(line.substring(space + 1));
            }
        }
        return new Genre(name, facts);
    }

    /** {@return whether there is a fact of that kind} */
    boolean has(String kind) {
        return facts.containsKey(kind);
    }

    /**
     * {@return all facts of one kind}
     *
     * @throws IllegalStateException if there are none: a slip in a genre file
     */
    List<String> all(String kind) {
        List<String> all = facts.get(kind);
        if (all == null) {
            throw new IllegalStateException("genre " + name + " has no " + kind + "; add some to its file");
        }
        return all;
    }

    /** {@return the only fact of that kind, a number} */
    double number(String kind) {
        return Double.parseDouble(all(kind).get(0));
    }

    /** {@return the slowest tempo, in quarter notes a minute} */
    int slowest() {
        return Integer.parseInt(all("tempo").get(0).split(" ", -1)[0]);
    }

    /** {@return the fastest tempo, in quarter notes a minute} */
    int fastest() {
        return Integer.parseInt(all("tempo").get(0).split(" ", -1)[1]);
    }

    private static List<String> lines(String file) {
        try (InputStream in = Genre.class.getResourceAsStream(file)) {
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
