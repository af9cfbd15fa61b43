package io.victorhub.dispatch;

import io.victorhub.spi.SensitiveKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/**
 * What dispatch is told once.
 *
 * @param clock the time
 * @param zone in which hours and weekdays are counted
 * @param node the name of this node
 * @param timeLimit how long an attempt may take where neither submission nor skill says
 * @param perSkill how many attempts of a skill may run at once, by its name; unlimited where it is not named
 * @param maxResultBytes how large an execution may be, encoded
 * @param maxSubmissionBytes how large a follow-up may be, encoded
 * @param askLimit how long a skill may take to say whether it wants a task
 * @param stuckThreads how many lost threads open a skill's breaker
 * @param sensitive what of a task is hidden in messages, log lines and progress
 * @param seed what choices are drawn from, with the task's id and the attempt
 */
public record DispatchSettings(
        InstantSource clock,
        ZoneId zone,
        String node,
        Duration timeLimit,
        Map<String, Integer> perSkill,
        int maxResultBytes,
        int maxSubmissionBytes,
        Duration askLimit,
        int stuckThreads,
        SensitiveKeys sensitive,
        long seed) {

    /** Copies the map. */
    public DispatchSettings {
        perSkill = Map.copyOf(perSkill);
    }
}
