package io.victorhub.store.known;

import java.io.IOException;
import java.nio.file.Path;

/** Asked before each step on the disk, so that a test can let any of them fail. */
@FunctionalInterface
interface Disk {

    /** What is about to be done with a file. */
    enum Step {
        CREATE,
        WRITE,
        FORCE,
        RENAME,
        READ,
        DELETE
    }

    /** Lets every step be done. */
    Disk REAL = (step, file) -> {};

    /** Throws what the step shall fail with. */
    void before(Step step, Path file) throws IOException;
}
