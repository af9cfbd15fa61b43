/** How the record is kept: in a journal of its own, or in memory. */
@NullMarked
package io.victorhub.audit.chain;

import org.jspecify.annotations.NullMarked;
