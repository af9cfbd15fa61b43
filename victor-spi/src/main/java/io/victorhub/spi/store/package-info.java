/**
 * What a store author sees: one engine with three faces, for tasks, for the log and for small state.
 *
 * <p>Every store keeps one contract; the tests of it are in {@code victor-testkit}. In short: an acknowledged submit is
 * never lost; a task is leased to one holder at a time; settling a task, its log entry and its follow-ups are one
 * record; a late settlement is {@link io.victorhub.spi.store.Outcome#STALE}; a retry is never early; dead letters are
 * listed and final until requeued; every reader of the log sees one settled outcome per task and round. What engines
 * differ in they {@linkplain io.victorhub.spi.store.StoreCapabilities declare}.
 *
 * <p>All types here are safe for use by several threads.
 */
@NullMarked
package io.victorhub.spi.store;

import org.jspecify.annotations.NullMarked;
