/** Bytes kept safely on disk: checksummed, append-only segments with group commit; damage is told by offset. */
@NullMarked
package io.victorhub.journal;

import org.jspecify.annotations.NullMarked;
