/** What a host sees of the loop that leases tasks, hands them over, settles and retries them. */
@NullMarked
package io.victorhub.scheduling;

import org.jspecify.annotations.NullMarked;
