/** The one place that knows Jackson: how tasks and log entries become bytes, and strict reading of what others wrote. */
@NullMarked
package io.victorhub.json;

import org.jspecify.annotations.NullMarked;
