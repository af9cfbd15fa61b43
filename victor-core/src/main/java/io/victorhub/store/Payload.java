package io.victorhub.store;

/**
 * A submission or a log entry on its way into the store, or out of it.
 *
 * @param value what it is
 * @param json the same as the journal keeps it; empty where nothing is written
 */
record Payload<T>(T value, byte[] json) {}
