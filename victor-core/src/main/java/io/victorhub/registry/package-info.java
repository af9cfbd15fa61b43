/** The skills of a hub, as a host sees them: what each says of itself, where it was found, what is kept out and why. */
@NullMarked
package io.victorhub.registry;

import org.jspecify.annotations.NullMarked;
