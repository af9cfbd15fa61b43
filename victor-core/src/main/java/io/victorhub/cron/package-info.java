/** When a clock on the wall shows certain times, and which instants those are in a zone whose clocks are set twice a year. */
@NullMarked
package io.victorhub.cron;

import org.jspecify.annotations.NullMarked;
