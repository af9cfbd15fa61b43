/** Where a hub's figures go: counters, timers and gauges, for whatever watches the host. */
@NullMarked
package io.victorhub.spi.meter;

import org.jspecify.annotations.NullMarked;
