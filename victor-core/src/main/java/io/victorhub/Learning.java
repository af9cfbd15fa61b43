package io.victorhub;

import io.victorhub.review.Reviewer;
import io.victorhub.routing.SelectionPolicy;
import io.victorhub.scheduling.guard.Budgets;
import io.victorhub.spi.Closed;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.Position;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who learns from the log: the policy, the reviewer, the budgets, and whoever waits for the end of a task. */
final class Learning implements LogFollower.Learner {

    private static final Logger log = LoggerFactory.getLogger(Learning.class);

    private final SelectionPolicy policy;
    private final Reviewer reviewer;
    private final Budgets budgets;
    private final Completions completions;
    private final Listeners listeners;
    private final Observation observation;
    private final Runnable closedWithoutAttempt;
    private boolean warned; // the follower's lock guards it

    /** @param closedWithoutAttempt told of each task that was settled otherwise than by an attempt */
    Learning(
            SelectionPolicy policy,
            Reviewer reviewer,
            Budgets budgets,
            Completions completions,
            Listeners listeners,
            Observation observation,
            Runnable closedWithoutAttempt) {
        this.policy = policy;
        this.reviewer = reviewer;
        this.budgets = budgets;
        this.completions = completions;
        this.listeners = listeners;
        this.observation = observation;
        this.closedWithoutAttempt = closedWithoutAttempt;
    }

    @Override
    public void learn(Position behind, LogEntry entry) {
        try {
            policy.learn(behind, entry);
        } catch (RuntimeException | Error e) {
            if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                throw fatal;
            }
            if (!warned) {
                warned = true;
                log.warn("selection policy {} threw while it learned; it goes on without that entry", policy.name(), e);
            }
        }
        reviewer.learn(behind, entry);
        budgets.learn(behind, entry);
    }

    @Override
    public void learnedAll() {
        budgets.learnAll();
    }

    @Override
    public boolean isAwaited(LogEntry entry) {
        return entry instanceof Closed || listeners.any() || completions.areAwaited(entry.taskId());
    }

    @Override
    public void learned(LogEntry entry) {
        if (entry instanceof Closed) {
            closedWithoutAttempt.run();
        }
        Completion completion = Completion.of(entry).orElse(null);
        if (completion != null) {
            if (entry instanceof Closed closed) {
                observation.closed(closed, completion.status());
            }
            completions.settled(completion);
            if (listeners.any()) {
                listeners.tell(listener -> listener.taskSettled(completion));
            }
        }
    }
}
