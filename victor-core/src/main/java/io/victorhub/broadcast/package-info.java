/** Tells many subscribers, each at a pace of its own, and keeps nobody waiting for the slow ones. */
@NullMarked
package io.victorhub.broadcast;

import org.jspecify.annotations.NullMarked;
