/** What comes due by itself: recurring tasks, and what follows batches of tasks. */
@NullMarked
package io.victorhub.scheduling.agenda;

import org.jspecify.annotations.NullMarked;
