package io.victorhub.examples.content;

import java.util.Locale;

/** How a post is built; each has rules of its own for title, headings, introduction and sections. */
enum Frame {
    GUIDE,
    MISTAKES,
    QUESTIONS,
    PLAN,
    NUMBERS,
    LESSONS;

    /** {@return the name of this frame's rule for a part of a post} */
    String rule(String part) {
        return part + "." + name().toLowerCase(Locale.ROOT);
    }
}
