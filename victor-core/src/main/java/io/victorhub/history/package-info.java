/**
 * What happened, to be read: the log entry by entry, and {@code patterns.json}, the file in which such histories are exchanged, in and out.
 */
@NullMarked
package io.victorhub.history;

import org.jspecify.annotations.NullMarked;
