package io.victorhub.examples.content;

import java.util.Optional;

/** What a grammar can talk about at one point of a text. */
interface Facts {

    /** {@return the fact of that name, another one each time where there are several} */
    Optional<String> next(String name);

    /** {@return whether what is being talked about is a plural} */
    boolean plural();

    /** The sentence stands: what it said shall not be said again soon. */
    void keep();

    /** The sentence was dropped, and what it said is still to say. */
    void drop();
}
