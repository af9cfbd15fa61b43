package io.victorhub.testkit;

import io.victorhub.Completion;
import io.victorhub.Hub;
import io.victorhub.HubBuilder;
import io.victorhub.TaskHandle;
import io.victorhub.spi.Skill;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hub that a test drives by hand: nothing runs before the test says so, skills run in the test's own thread, one after
 * the other, and time stands still until it is set.
 *
 * <pre>{@code
 * try (HandDrivenHub hub = HandDrivenHub.inMemory(FailingSkill.times(1).named("mail"))) {
 *     TaskHandle mail = hub.submit(Task.of("mail").build());
 *     hub.runUntilIdle();                     // it fails, and waits for its next attempt
 *     hub.advance(Duration.ofMinutes(5));     // it is tried again
 *     assertThat(mail.state().orElseThrow().status()).isEqualTo(TaskStatus.DONE);
 * }
 * }</pre>
 *
 * <p>Made of what {@link HubBuilder} offers any host: a {@link SettableClock}, an executor that runs at once, one worker,
 * and no discovery of skills; whoever customizes the builder may ask for more workers or for discovery. The time limits
 * of attempts are measured in real time, as always. A skill that never returns hangs the test.
 *
 * <p>Used by one thread.
 *
 * @since 0.1
 */
public final class HandDrivenHub implements AutoCloseable {

    /** What the clock shows at first. */
    public static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private final @Nullable Path home; // null in memory
    private final Consumer<HubBuilder> customize;
    private final SettableClock clock = new SettableClock(START);
    private final Set<String> submitted = new TreeSet<>(); // since it was opened
    private SettledTasks settled = new SettledTasks();
    private Hub hub;

    private HandDrivenHub(@Nullable Path home, Consumer<HubBuilder> customize) {
        this.home = home;
        this.customize = Objects.requireNonNull(customize, "customize");
        this.hub = open();
    }

    /** {@return a hub that keeps nothing, with these skills} */
    public static HandDrivenHub inMemory(Skill... skills) {
        return inMemory(with(skills));
    }

    /**
     * {@return a hub that keeps nothing}
     *
     * @param customize gets the builder before the hub is built; clock and executor are the test's, whatever it sets
     */
    public static HandDrivenHub inMemory(Consumer<HubBuilder> customize) {
        return new HandDrivenHub(null, customize);
    }

    /**
     * {@return a hub that keeps everything below {@code home}, with these skills}
     *
     * @throws StorageException if the home cannot be used
     */
    public static HandDrivenHub at(Path home, Skill... skills) {
        return at(home, with(skills));
    }

    /**
     * {@return a hub that keeps everything below {@code home}}
     *
     * @param customize gets the builder each time before the hub is built; clock and executor are the test's, whatever
     *     it sets
     * @throws StorageException if the home cannot be used
     */
    public static HandDrivenHub at(Path home, Consumer<HubBuilder> customize) {
        return new HandDrivenHub(Objects.requireNonNull(home, "home"), customize);
    }

    /** {@return the hub; another one after {@link #reopen()}} */
    public Hub hub() {
        return hub;
    }

    /** {@return the time of the hub} */
    public SettableClock clock() {
        return clock;
    }

    /** Queues a task. It does not run yet. */
    public TaskHandle submit(Task task) {
        return submit(Submission.of(task));
    }

    /** Queues a task in a certain way. It does not run yet. */
    public TaskHandle submit(Submission submission) {
        TaskHandle handle = hub.submit(submission);
        if (!(handle.submitted() instanceof Submitted.Known)) {
            submitted.add(handle.id());
        }
        return handle;
    }

    /**
     * Runs everything that may run now, and what comes of it, until nothing more may. Afterwards whoever waits for the end
     * of a task knows of it: the completions of the tasks that were submitted here or had an attempt are completed if
     * those are settled, and listeners have been told.
     *
     * @return how many attempts were made
     * @throws IllegalStateException if a listener keeps the hub from telling of an end for half a minute
     */
    public int runUntilIdle() {
        int attempts = 0;
        for (int more = hub.scheduler().runPending();
                more > 0;
                more = hub.scheduler().runPending()) {
            attempts += more;
        }
        awaitTold();
        return attempts;
    }

    /**
     * Sets the clock forward, or back where {@code by} is negative, and runs everything that may run then.
     *
     * @return how many attempts were made
     */
    public int advance(Duration by) {
        clock.advance(by);
        return runUntilIdle();
    }

    /**
     * Queues a task and runs everything that may run now.
     *
     * @return how the task was settled
     * @throws IllegalStateException if it was not, such as for want of a skill, or because its next attempt is later
     */
    public Completion run(Task task) {
        TaskHandle handle = submit(task);
        runUntilIdle();
        TaskState state = handle.state().orElseThrow();
        if (!state.status().settled()) {
            throw new IllegalStateException("task " + state.id() + " is " + state.status()
                    + " when all that may run has run; advance the clock to " + state.readyAt()
                    + " if it waits for its time, or give the hub a skill for type " + state.type());
        }
        return new Completion(state.id(), state.status(), state.last());
    }

    /**
     * Closes the hub and opens another one on its home, with the same clock.
     *
     * @throws IllegalStateException if it is in memory, where nothing would be left
     */
    public void reopen() {
        if (home == null) {
            throw new IllegalStateException("a hub in memory keeps nothing; use HandDrivenHub.at(home) to reopen it");
        }
        hub.close();
        submitted.clear();
        settled = new SettledTasks();
        hub = open();
    }

    /** Closes the hub. Idempotent. */
    @Override
    public void close() {
        hub.close();
    }

    @Override
    public String toString() {
        return "HandDrivenHub[" + hub + ", " + clock.instant() + "]";
    }

    private Hub open() {
        HubBuilder builder = (home == null ? Hub.inMemory() : Hub.at(home))
                .discoverSkills(false)
                .workers(1);
        customize.accept(builder);
        return builder.clock(clock)
                .executor(Runnable::run)
                .listener(settled) // the last one: when it knows, all others do
                .build();
    }

    private void awaitTold() {
        settled.awaitAttempts();
        for (String id : submitted) {
            Optional<TaskState> state = hub.find(id);
            if (state.isPresent() && state.get().status().settled()) {
                settled.await(id);
            }
        }
    }

    private static Consumer<HubBuilder> with(Skill... skills) {
        List<Skill> all = List.of(skills);
        return builder -> all.forEach(builder::skill);
    }
}
