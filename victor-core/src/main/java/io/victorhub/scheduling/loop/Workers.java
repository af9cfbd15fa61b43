package io.victorhub.scheduling.loop;

import java.util.concurrent.Executor;

/**
 * Where skills run.
 *
 * @param threads runs them
 * @param own whether the threads are the hub's own: there is one at once for each attempt, and it may go on for as long as
 *     there is work. Else they are the host's, who may run things at once, late or not at all, and wants them back.
 */
public record Workers(Executor threads, boolean own) {}
