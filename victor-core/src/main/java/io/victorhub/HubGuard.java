package io.victorhub;

import io.victorhub.audit.chain.AuditChain;
import io.victorhub.scheduling.Budget;
import io.victorhub.scheduling.BudgetStatus;
import io.victorhub.scheduling.StopOrder;
import io.victorhub.scheduling.guard.Budgets;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.spi.store.TaskStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The guard rails of a hub: records what a person wants, and then has it done. */
final class HubGuard implements GuardRails {

    private final Runnable requireOpen;
    private final TaskStore tasks;
    private final Set<String> types;
    private final AuditChain audit;
    private final Budgets budgets;
    private final Runnable followLog;
    private final StopSwitch stop;
    private final Consumer<String> cancelled;
    private final ReentrantLock lock = new ReentrantLock(); // one change at a time, from its record to its effect

    /**
     * @param followLog lets the budgets follow the log, if they do not yet
     * @param cancelled hears of a task that was rejected
     */
    HubGuard(
            Runnable requireOpen,
            TaskStore tasks,
            Set<String> types,
            AuditChain audit,
            Budgets budgets,
            Runnable followLog,
            StopSwitch stop,
            Consumer<String> cancelled) {
        this.requireOpen = requireOpen;
        this.tasks = tasks;
        this.types = Set.copyOf(types);
        this.audit = audit;
        this.budgets = budgets;
        this.followLog = followLog;
        this.stop = stop;
        this.cancelled = cancelled;
    }

    @Override
    public Optional<StopOrder> stopped() {
        return stop.order();
    }

    @Override
    public void stopEverything(String actor, String reason, boolean endRunning) {
        requireOpen.run();
        stop.stop(actor, reason, endRunning);
    }

    @Override
    public boolean allowAgain(String actor, String reason) {
        requireOpen.run();
        return stop.allowAgain(actor, reason);
    }

    @Override
    public List<BudgetStatus> budgets() {
        return budgets.all();
    }

    @Override
    public void change(Budget budget, String actor, String reason) {
        requireOpen.run();
        AuditChain.requireWord(actor, reason);
        lock.lock();
        try {
            followLog.run();
            Map<String, @Nullable Object> details = new LinkedHashMap<>();
            details.put("before", limits(budgets.budget(budget.scope())));
            details.put("after", limits(budget));
            audit.add(actor, "budget.changed", budget.scope().text(), reason, details);
            budgets.change(budget);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void grant(Budget more, String actor, String reason) {
        requireOpen.run();
        AuditChain.requireWord(actor, reason);
        lock.lock();
        try {
            Budget there = budgets.budget(more.scope());
            more.limits().keySet().forEach(limit -> {
                if (there.most(limit).isEmpty()) {
                    throw new IllegalArgumentException(
                            "the budget of " + more.scope().text() + " has no limit of "
                                    + limit.text() + ", so there is nothing to add to; it limits "
                                    + there.limits().keySet());
                }
            });
            audit.add(actor, "budget.granted", more.scope().text(), reason, limits(more));
            budgets.grant(more);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Set<String> approvalRequired() {
        return types;
    }

    @Override
    public TaskPage awaiting(TaskQuery query) {
        return tasks.tasks(query.status(TaskStatus.HELD));
    }

    @Override
    public boolean approve(String taskId, String actor, String reason) {
        return decide("task.approved", taskId, actor, reason, TaskStore::release);
    }

    @Override
    public boolean reject(String taskId, String actor, String reason) {
        boolean rejected = decide("task.rejected", taskId, actor, reason, TaskStore::cancel);
        if (rejected) {
            cancelled.accept(taskId);
        }
        return rejected;
    }

    /** @throws IllegalStateException if a task may not be released without a word of who and why */
    void requireNoApproval(String taskId) {
        if (!types.isEmpty()) {
            tasks.find(taskId)
                    .filter(task -> types.contains(task.type()) && task.status() == TaskStatus.HELD)
                    .ifPresent(task -> {
                        throw new IllegalStateException("task " + taskId + " is of type " + task.type()
                                + ", which needs approval; use hub.guard().approve(taskId, actor, reason)");
                    });
        }
    }

    /** @throws IllegalArgumentException if tasks of that type may not run without a person's word */
    void requireNoApprovalOf(String type) {
        if (types.contains(type)) {
            throw new IllegalArgumentException("tasks of type " + type
                    + " need a person's approval, so they cannot be executed at once; submit them, and approve them");
        }
    }

    /** {@return what somebody should know who looks at the hub, in sentences} */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        stop.order().map(StopOrder::text).ifPresent(problems::add);
        budgets.all().stream()
                .filter(BudgetStatus::isUsedUp)
                .map(BudgetStatus::text)
                .forEach(problems::add);
        long held = types.isEmpty() ? 0 : tasks.stats().count(TaskStatus.HELD).orElse(0);
        if (held > 0) {
            problems.add(held + (held == 1 ? " task waits" : " tasks wait") + " for a person's approval (types "
                    + String.join(", ", new TreeSet<>(types)) + "); see hub.guard().awaiting()");
        }
        return problems;
    }

    private boolean decide(
            String action,
            String taskId,
            String actor,
            String reason,
            BiFunction<TaskStore, List<String>, List<Outcome>> effect) {
        requireOpen.run();
        AuditChain.requireWord(actor, reason);
        lock.lock();
        try {
            TaskState task = tasks.find(taskId).orElse(null);
            if (task == null || task.status() != TaskStatus.HELD) {
                return false;
            }
            audit.add(actor, action, taskId, reason, Map.of("type", task.type(), "round", task.round()));
            return effect.apply(tasks, List.of(taskId)).get(0) == Outcome.RECORDED;
        } finally {
            lock.unlock();
        }
    }

    private static Map<String, @Nullable Object> limits(Budget budget) {
        Map<String, @Nullable Object> limits = new LinkedHashMap<>();
        for (Budget.Limit limit : Budget.Limit.values()) {
            budget.most(limit).ifPresent(most -> limits.put(limit.text(), most));
        }
        return limits;
    }
}
