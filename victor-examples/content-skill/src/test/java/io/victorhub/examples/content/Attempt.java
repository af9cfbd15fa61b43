package io.victorhub.examples.content;

import io.victorhub.spi.SkillContext;
import io.victorhub.spi.Task;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a hub lends a skill, as far as these tests need it: a folder, and a word to stop after so many reports. */
final class Attempt implements SkillContext {

    final List<Double> fractions = new ArrayList<>();
    final List<String> messages = new ArrayList<>();

    private final Path workspace;
    private final int reportsUntilCancelled;

    private Attempt(Path workspace, int reportsUntilCancelled) {
        this.workspace = workspace;
        this.reportsUntilCancelled = reportsUntilCancelled;
    }

    static Attempt in(Path workspace) {
        return new Attempt(workspace, Integer.MAX_VALUE);
    }

    static Attempt cancelledAfter(int reports, Path workspace) {
        return new Attempt(workspace, reports);
    }

    @Override
    public boolean isCancellationRequested() {
        return fractions.size() >= reportsUntilCancelled;
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String idempotencyKey() {
        return "key";
    }

    @Override
    public void progress(double fraction, String message) {
        fractions.add(fraction);
        messages.add(message);
    }

    @Override
    public void log(String line) {
        throw new UnsupportedOperationException("the skill has nothing to log");
    }

    @Override
    public Path workspace() {
        return workspace;
    }

    @Override
    public String submit(Task followUp) {
        throw new UnsupportedOperationException("the skill submits nothing");
    }
}
