package io.victorhub.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Says that a force failed, to whoever opens the journal next. What was to be forced may still be read then, from the
 * memory of the system, without being on the disk, and the system believes that it is. The mark needs no force of its own:
 * it lives as long as that memory.
 */
final class BrokenMark {

    private static final String NAME = "broken";

    private final JournalFiles files;
    private final Path folder;

    BrokenMark(JournalFiles files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    void leave() {
        try {
            files.open(folder.resolve(NAME), true).close();
        } catch (IOException e) {
            // nothing more can be done on such a disk; its owner is told
            return;
        }
    }

    boolean isThere() throws IOException {
        return files.list(folder).contains(NAME);
    }

    void remove() throws IOException {
        files.delete(folder.resolve(NAME));
    }
}
