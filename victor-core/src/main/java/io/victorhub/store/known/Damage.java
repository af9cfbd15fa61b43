package io.victorhub.store.known;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not what was written. */
final class Damage extends IOException {

    private static final long serialVersionUID = 1L;

    Damage(Path file, long offset, String what) {
        super(file + " is damaged at byte " + offset + ": " + what);
    }

    /** What was noted when it was found. */
    Damage(String note) {
        super(note);
    }

    Damage(Path file, long offset, IOException cause) {
        super(file + " cannot be read at byte " + offset + ": " + cause, cause);
    }
}
