/**
 * Which of several skills gets a task: candidates and features in, a choice out. A policy learns from the log alone, in
 * its order, so that two policies that read the same log choose alike.
 */
@NullMarked
package io.victorhub.routing;

import org.jspecify.annotations.NullMarked;
