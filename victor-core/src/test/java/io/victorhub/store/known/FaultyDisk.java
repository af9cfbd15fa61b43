package io.victorhub.store.known;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;

/** A disk that fails at what a test chooses, from a step on that it chooses. For one thread at a time. */
final class FaultyDisk implements Disk {

    private final Set<Step> failing = EnumSet.noneOf(Step.class);
    private int stepsLeft;
    int reads;
    BiConsumer<Step, Path> onStep = (step, file) -> {};

    void fail(Step first, Step... rest) {
        failAfter(0, EnumSet.of(first, rest));
    }

    /** Nothing is done any more after some steps, as if the process were dead. */
    void dieAfter(int steps) {
        failAfter(steps, EnumSet.allOf(Step.class));
    }

    void work() {
        failing.clear();
    }

    @Override
    public void before(Step step, Path file) throws IOException {
        onStep.accept(step, file);
        reads += step == Step.READ ? 1 : 0;
        if (failing.contains(step) && --stepsLeft < 0) {
            throw new IOException("no " + step + " today");
        }
    }

    private void failAfter(int steps, Set<Step> kinds) {
        failing.clear();
        failing.addAll(kinds);
        stepsLeft = steps;
    }
}
