/** The hub: wires the rooms, owns threads and closing. */
@NullMarked
package io.victorhub;

import org.jspecify.annotations.NullMarked;
