package io.victorhub.testing;

import java.time.Duration;
import java.util.concurrent.Executor;

/** Threads in which skills say whether they want a task, and all the time they may need for it. */
public final class Askers {

    /** A thread for each question. */
    public static final Executor THREADS = work -> {
        Thread thread = new Thread(work, "asker");
        thread.setDaemon(true);
        thread.start();
    };

    /** Longer than any test waits. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private Askers() {}
}
