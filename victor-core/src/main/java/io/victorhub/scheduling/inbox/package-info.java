/** Takes the tasks that other programs put into {@code tasks/queue.json}, each once, and shows what is wrong with the rest. */
@NullMarked
package io.victorhub.scheduling.inbox;

import org.jspecify.annotations.NullMarked;
