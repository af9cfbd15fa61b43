package io.victorhub.review;

/**
 * What the log holds, counted. A task is settled once in each round, so a dead letter that is requeued and ends again is
 * counted again.
 *
 * @param settled tasks that ended: the sum of the next five
 * @param succeeded those that were done
 * @param partial those that were done in part
 * @param failed those that were not done, lost ones included
 * @param cancelled those that somebody cancelled
 * @param expired those whose deadline passed
 * @param attempts attempts, imported executions included, interrupted ones not
 * @param retried attempts after which another was to follow
 * @param interrupted attempts that ended because the hub closed; they count nowhere else
 * @param imported executions from another system, in {@code settled} and {@code attempts} too
 * @param ratings what people said of outputs; no more than counted so far
 * @since 0.1
 */
public record Totals(
        long settled,
        long succeeded,
        long partial,
        long failed,
        long cancelled,
        long expired,
        long attempts,
        long retried,
        long interrupted,
        long imported,
        long ratings) {}
