/** What a hub measures: turns what happens into figures, with a bounded number of tags. */
@NullMarked
package io.victorhub.metrics.recording;

import org.jspecify.annotations.NullMarked;
