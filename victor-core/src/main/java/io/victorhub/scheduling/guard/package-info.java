/** What has been spent of each budget, from the log and from what runs, and what that allows. */
@NullMarked
package io.victorhub.scheduling.guard;

import org.jspecify.annotations.NullMarked;
