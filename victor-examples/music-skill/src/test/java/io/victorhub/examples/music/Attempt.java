package io.victorhub.examples.music;

import io.victorhub.spi.SkillContext;
import io.victorhub.spi.Task;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What a hub lends a skill, as far as these tests need it: a folder, and a word to stop after so many questions. */
final class Attempt implements SkillContext {

    final List<Double> fractions = new ArrayList<>();
    final List<String> messages = new ArrayList<>();

    final AtomicInteger questions = new AtomicInteger();

    private final Path workspace;
    private final int questionsUntilCancelled;

    private Attempt(Path workspace, int questionsUntilCancelled) {
        this.workspace = workspace;
        this.questionsUntilCancelled = questionsUntilCancelled;
    }

    static Attempt in(Path workspace) {
        return new Attempt(workspace, Integer.MAX_VALUE);
    }

    static Attempt cancelledAfter(int questions, Path workspace) {
        return new Attempt(workspace, questions);
    }

    @Override
    public boolean isCancellationRequested() {
        return questions.incrementAndGet() > questionsUntilCancelled;
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
