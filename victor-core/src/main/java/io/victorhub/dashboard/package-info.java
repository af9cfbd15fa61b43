/** One immutable picture of what a hub is doing, and its text, JSON and Markdown. Knows no other room but {@code json}. */
@NullMarked
package io.victorhub.dashboard;

import org.jspecify.annotations.NullMarked;
