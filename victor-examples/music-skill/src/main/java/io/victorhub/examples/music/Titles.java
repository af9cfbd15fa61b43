package io.victorhub.examples.music;

import java.util.HashSet;
import java.util.Set;

/** Finds a title for each piece of a batch, none twice. Not safe for use by several threads. */
final class Titles {

    private static final int ATTEMPTS = 50;

    private final Set<String> taken = new HashSet<>();

    /** {@return a title of two words of the genre; with a number once they are used up} */
    String next(Genre genre, Dice dice) {
        String title = draw(genre, dice);
        for (int attempt = 1; taken.contains(title) && attempt < ATTEMPTS; attempt++) {
            title = draw(genre, dice);
        }
        String unique = title;
        for (int number = 2; !taken.add(unique); number++) {
            unique = title + " " + number;
        }
        return unique;
    }

    private static String draw(Genre genre, Dice dice) {
        return dice.pick(genre.all("adjective")) + " " + dice.pick(genre.all("noun"));
    }
}
