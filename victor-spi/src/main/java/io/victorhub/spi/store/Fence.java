package io.victorhub.spi.store;

/**
 * What tells a task's current lease from earlier ones.
 *
 * @param epoch which opening or fail-over of the store gave it; only ever rises
 * @param number which lease it is, in the order in which they were given; only ever rises
 * @since 0.1
 */
public record Fence(long epoch, long number) {}
