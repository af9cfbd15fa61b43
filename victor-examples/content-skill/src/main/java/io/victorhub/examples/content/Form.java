package io.victorhub.examples.content;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a word is put into its place. */
enum Form {
    /** With a capital letter at its beginning. */
    CAP {
        @Override
        String apply(String words) {
            int end = words.offsetByCodePoints(0, words.isEmpty() ? 0 : 1);
            return words.substring(0, end).toUpperCase(Locale.ROOT) + words.substring(end);
        }
    },
    /** With "a" or "an" before it, by its sound as far as spelling tells. */
    A {
        @Override
        String apply(String words) {
            return (AN.matcher(words).lookingAt() ? "an " : "a ") + words;
        }
    };

    private static final Pattern AN =
            Pattern.compile("(?!(?:uni|use|usu|eu|one\\b))[aeiou]|hour|honest|heir", Pattern.CASE_INSENSITIVE);

    abstract String apply(String words);

    /** @throws IllegalArgumentException if there is no such form */
    static Form of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
