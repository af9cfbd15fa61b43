/** Figures kept in memory, for hosts without a library of their own, tests and the dashboard. */
@NullMarked
package io.victorhub.metrics;

import org.jspecify.annotations.NullMarked;
