package io.victorhub.store.known;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Does its work when a test says so, in the test's thread. */
final class HandExecutor implements Executor {

    private final Queue<Runnable> work = new ArrayDeque<>();

    @Override
    public void execute(Runnable command) {
        work.add(command);
    }

    void runAll() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    void forget() {
        work.clear();
    }
}
