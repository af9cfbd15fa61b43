/**
 * The stores that come with the hub: one on disk, one in memory. Both keep the same table of tasks and change it by the
 * same facts; they differ in where the facts go.
 */
@NullMarked
package io.victorhub.store;

import org.jspecify.annotations.NullMarked;
