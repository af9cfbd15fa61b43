package io.victorhub.scheduling.inbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What became of entries in the files of an inbox.
 *
 * @param changed the files that had something of them, by the id of the entry
 * @param unreadable files that may have some of them, and are no JSON
 */
public record Erased(Map<String, List<Path>> changed, List<Path> unreadable) {

    /** Copies map and list. */
    public Erased {
        changed = Map.copyOf(changed);
        unreadable = List.copyOf(unreadable);
    }
}
