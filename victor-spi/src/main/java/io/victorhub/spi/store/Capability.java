package io.victorhub.spi.store;

/**
 * Something that an engine promises beyond the common contract.
 *
 * @since 0.1
 */
public enum Capability {
    /** What was acknowledged outlives the process. */
    DURABLE,
    /** What was acknowledged outlives a power cut, as far as the declared level says. */
    POWER_CUT_SAFE,
    /** A lease runs out by the clock, and the task goes to somebody else. */
    LEASE_EXPIRY,
    /** Tasks come strictly by rank; without it only by lanes of priority. */
    STRICT_ORDER,
    /** Counts are exact. */
    EXACT_COUNTS,
    /** Settling, log entry and follow-ups are one step that cannot come apart. */
    ATOMIC_RESULT,
    /** A late settlement is always refused. */
    FENCED_SETTLE,
    /** Tasks can be found by id. */
    LOOKUP,
    /** Waiting tasks can be cancelled by id. */
    CANCEL
}
