/**
 * Pure mathematics: intervals, quantiles and sums over what was measured. It knows nothing of tasks or skills, reads no
 * clock and draws nothing at random.
 */
@NullMarked
package io.victorhub.statistics;

import org.jspecify.annotations.NullMarked;
