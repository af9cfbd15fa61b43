/**
 * What the log teaches people: statistics, trends and insights, each a fold of the log in its order. Numbers carry their
 * evidence, and "not enough data" is an answer.
 */
@NullMarked
package io.victorhub.review;

import org.jspecify.annotations.NullMarked;
