package io.victorhub.scheduling;

import io.victorhub.spi.SkillRef;
import java.time.Instant;
import java.util.Objects;

/**
 * An attempt that is under way.
 *
 * @param taskId the task
 * @param type its type
 * @param skill who does it
 * @param attempt which attempt it is, from 1
 * @param since when it began
 * @param fraction of the work that is done, 0 to 1, as the skill told last
 * @param message what is being done, as the skill told last; may be empty
 * @since 0.1
 */
public record RunningTask(
        String taskId, String type, SkillRef skill, int attempt, Instant since, double fraction, String message) {

    /** Checks that nothing is missing. */
    public RunningTask {
        Objects.requireNonNull(taskId, "taskId");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(skill, "skill");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(message, "message");
    }
}
