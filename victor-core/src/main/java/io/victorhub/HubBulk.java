package io.victorhub;

import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskStore;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a hub does with the tasks of one page. */
record HubBulk(
        Hub hub, TaskStore store, Set<String> approvalRequired, Runnable requireOpen, Consumer<List<String>> cancelled)
        implements BulkChange.Means {

    @Override
    public TaskPage tasks(TaskQuery query) {
        return hub.tasks(query);
    }

    @Override
    public List<Outcome> cancel(List<String> ids) {
        requireOpen.run();
        List<Outcome> outcomes = store.cancel(ids);
        cancelled.accept(ids); // any of them may run by now
        return outcomes;
    }

    @Override
    public List<Outcome> requeue(List<String> ids) {
        requireOpen.run();
        return store.requeue(ids);
    }

    @Override
    public List<Outcome> release(List<String> ids) {
        requireOpen.run();
        return store.release(ids);
    }

    @Override
    public boolean needsApproval(String type) {
        return approvalRequired.contains(type);
    }
}
