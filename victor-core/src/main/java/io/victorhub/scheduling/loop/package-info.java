/** The loop itself: lease, hand over, settle, retry, watch the time. No skill runs while one of its locks is held. */
@NullMarked
package io.victorhub.scheduling.loop;

import org.jspecify.annotations.NullMarked;
