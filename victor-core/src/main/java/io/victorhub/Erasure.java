package io.victorhub;

import java.util.List;

/**
 * What an erasure removed of a task, and what it cannot reach. What is left in the home: that there was a task, its id, its type,
 * its priority, when it was queued, run and settled, how often and how long, by which skills, and at what cost.
 *
 * @param taskId the task
 * @param found whether the hub knew it, or had something of it
 * @param removed what was removed, a phrase each
 * @param notReached where something of it may be that a hub cannot remove, a phrase each
 * @since 0.1
 */
public record Erasure(String taskId, boolean found, List<String> removed, List<String> notReached) {

    /** Copies the lists. */
    public Erasure {
        removed = List.copyOf(removed);
        notReached = List.copyOf(notReached);
    }
}
