package io.victorhub;

import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Goes through what a query finds, page by page. */
final class BulkChange implements Bulk {

    /** What a hub can do with the tasks of one page. */
    interface Means {
        TaskPage tasks(TaskQuery query);

        /** {@return what became of each; those that run are asked to end} */
        List<Outcome> cancel(List<String> ids);

        List<Outcome> requeue(List<String> ids);

        List<Outcome> release(List<String> ids);

        /** {@return whether tasks of that type are only released by a person's approval} */
        boolean needsApproval(String type);
    }

    private static final Set<TaskStatus> LIVE =
            EnumSet.of(TaskStatus.HELD, TaskStatus.DELAYED, TaskStatus.READY, TaskStatus.RUNNING);

    private final TaskQuery query;
    private final Means means;
    private final boolean dry;
    private final Consumer<BulkResult> told;

    BulkChange(TaskQuery query, Means means) {
        this(query, means, false, soFar -> {});
    }

    private BulkChange(TaskQuery query, Means means, boolean dry, Consumer<BulkResult> told) {
        this.query = Objects.requireNonNull(query, "query");
        this.means = means;
        this.dry = dry;
        this.told = told;
    }

    @Override
    public Bulk dryRun() {
        return new BulkChange(query, means, true, told);
    }

    @Override
    public Bulk onProgress(Consumer<BulkResult> progress) {
        return new BulkChange(query, means, dry, Objects.requireNonNull(progress, "progress"));
    }

    @Override
    public BulkResult cancel() {
        Set<TaskStatus> statuses = EnumSet.copyOf(LIVE);
        if (!query.statuses().isEmpty()) {
            statuses.retainAll(query.statuses());
        }
        return statuses.isEmpty()
                ? new Sum().soFar(true)
                : each(query.statuses(statuses), page -> unlessDry(page, means::cancel), "it was settled meanwhile");
    }

    @Override
    public BulkResult requeue() {
        return each(
                query.status(TaskStatus.DEAD),
                page -> unlessDry(page, means::requeue),
                "a live task has its unique key, or somebody requeued it meanwhile");
    }

    @Override
    public BulkResult release() {
        return each(
                query.status(TaskStatus.HELD),
                this::release,
                "it needs a person's approval (hub.guard()), or is not held any more");
    }

    private List<Outcome> release(List<TaskState> page) {
        List<String> free = page.stream()
                .filter(task -> !means.needsApproval(task.type()))
                .map(TaskState::id)
                .toList();
        List<Outcome> released = dry ? Collections.nCopies(free.size(), Outcome.RECORDED) : means.release(free);
        Iterator<Outcome> next = released.iterator();
        return page.stream()
                .map(task -> means.needsApproval(task.type()) ? Outcome.STALE : next.next())
                .toList();
    }

    private List<Outcome> unlessDry(List<TaskState> page, Function<List<String>, List<Outcome>> change) {
        return dry ? Collections.nCopies(page.size(), Outcome.RECORDED) : change.apply(ids(page));
    }

    private BulkResult each(TaskQuery first, Function<List<TaskState>, List<Outcome>> change, String why) {
        Sum sum = new Sum();
        TaskQuery next = first;
        while (true) {
            TaskPage page = means.tasks(next);
            sum.add(page.tasks(), outcomes(page.tasks(), change), why);
            if (page.next().isEmpty()) {
                return sum.soFar(true);
            }
            told.accept(sum.soFar(false));
            if (Thread.currentThread().isInterrupted()) {
                return sum.soFar(false);
            }
            next = first.after(page.next().get());
        }
    }

    private static List<Outcome> outcomes(List<TaskState> page, Function<List<TaskState>, List<Outcome>> change) {
        return page.isEmpty() ? List.of() : change.apply(page);
    }

    private static List<String> ids(List<TaskState> page) {
        return page.stream().map(TaskState::id).toList();
    }

    /** What is counted. */
    private static final class Sum {
        private long matched;
        private long changed;
        private long asked;
        private long unchanged;
        private final Map<String, String> examples = new LinkedHashMap<>();

        /** @param outcomes in the order of the tasks */
        void add(List<TaskState> page, List<Outcome> outcomes, String why) {
            for (int i = 0; i < page.size(); i++) {
                TaskState task = page.get(i);
                Outcome outcome = outcomes.get(i);
                matched++;
                if (outcome == Outcome.RECORDED) {
                    changed++;
                    asked += task.status() == TaskStatus.RUNNING ? 1 : 0;
                } else {
                    unchanged++;
                    if (examples.size() < BulkResult.MOST_EXAMPLES) {
                        examples.put(task.id(), outcome == Outcome.UNKNOWN ? "it is not known any more" : why);
                    }
                }
            }
        }

        BulkResult soFar(boolean complete) {
            return new BulkResult(matched, changed, asked, unchanged, examples, complete);
        }
    }
}
