/** One attempt: find the candidates, choose, call the skill, measure, and say what came of it. */
@NullMarked
package io.victorhub.dispatch;

import org.jspecify.annotations.NullMarked;
