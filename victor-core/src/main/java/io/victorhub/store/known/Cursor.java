package io.victorhub.store.known;

import java.io.IOException;

/** Goes through entries in their order: by hash, as an unsigned number, and by place. */
interface Cursor {

    /** {@return whether there is another entry; it is the current one then} */
    boolean next() throws IOException;

    long hash();

    long place();
}
