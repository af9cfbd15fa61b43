package io.victorhub.scheduling.loop;

import io.victorhub.scheduling.RateLimit;
import io.victorhub.scheduling.RetryPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What the loop is told once.
 *
 * @param clock the time
 * @param node the name of this node
 * @param workers how many attempts may run at once
 * @param perType the same for each type named
 * @param perLane the same for each lane of a type
 * @param rates how many tasks of each type named may begin in a time
 * @param retry how often and how soon to try again
 * @param leaseTtl how long a lease lasts, in stores whose leases run out
 * @param stuckAfter how long an attempt may go on after it was interrupted, before it is given up
 * @param skillWait how long a task may wait for somebody to serve its type, before it becomes a dead letter
 * @param seed what jitter is drawn from, with the task's id and the attempt
 */
public record LoopSettings(
        InstantSource clock,
        String node,
        int workers,
        Map<String, Integer> perType,
        int perLane,
        Map<String, RateLimit> rates,
        RetryPolicy retry,
        Duration leaseTtl,
        Duration stuckAfter,
        Optional<Duration> skillWait,
        long seed) {

    /** Copies the maps. */
    public LoopSettings {
        perType = Map.copyOf(perType);
        rates = Map.copyOf(rates);
    }
}
