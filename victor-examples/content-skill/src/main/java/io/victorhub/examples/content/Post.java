package io.victorhub.examples.content;

import java.util.regex.Pattern;

/**
 * A finished post.
 *
 * @param title without markup
 * @param markdown the whole text, title included, ending with a line break
 */
record Post(String title, String markdown) {

    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final Pattern WORD = Pattern.compile(".*[\\p{L}\\p{N}].*");

    /** {@return how many words a reader reads, title and headings included} */
    int words() {
        return (int) BLANK.splitAsStream(markdown)
                .filter(token -> WORD.matcher(token).matches())
                .count();
    }
}
