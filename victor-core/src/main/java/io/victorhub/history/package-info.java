/**
 * What happened, to be read: the log entry by entry, and the seed's {@code patterns.json} in and out.
 */
@NullMarked
package io.victorhub.history;

import org.jspecify.annotations.NullMarked;
