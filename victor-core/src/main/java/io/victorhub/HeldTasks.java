package io.victorhub;

import io.victorhub.spi.Submission;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStore;
import io.victorhub.spi.store.Turnover;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A queue in which tasks of some types are held, however they come there: from the host, the inbox, a skill, a recurring
 * task, a batch, or anew as dead letters.
 */
final class HeldTasks extends ForwardingTasks {

    private final Set<String> types;

    private HeldTasks(TaskStore tasks, Set<String> types) {
        super(tasks);
        this.types = types;
    }

    /** {@return the store itself where there are no such types} */
    static Store of(Store store, Set<String> types) {
        return types.isEmpty() ? store : new StoreWithTasks(store, new HeldTasks(store.tasks(), Set.copyOf(types)));
    }

    @Override
    public List<Submitted> submit(Collection<Submission> all) {
        return tasks.submit(held(all));
    }

    @Override
    public List<Outcome> settle(Collection<Settlement> settlements) {
        return tasks.settle(heldFollowUps(settlements));
    }

    @Override
    public Settlement prepare(Settlement settlement) {
        return tasks.prepare(held(settlement));
    }

    @Override
    public Turnover turnOver(Collection<Settlement> settlements, LeaseRequest request) {
        return tasks.turnOver(heldFollowUps(settlements), request);
    }

    @Override
    public List<Outcome> requeue(Collection<String> ids, boolean held) {
        if (held) {
            return tasks.requeue(ids, true);
        }
        List<String> asking = new ArrayList<>();
        List<String> others = new ArrayList<>();
        List<Boolean> asks = new ArrayList<>();
        for (String id : ids) {
            boolean one =
                    tasks.find(id).filter(task -> types.contains(task.type())).isPresent();
            asks.add(one);
            (one ? asking : others).add(id);
        }
        if (asking.isEmpty()) {
            return tasks.requeue(others, false);
        }
        Iterator<Outcome> ofAsking = tasks.requeue(asking, true).iterator();
        Iterator<Outcome> ofOthers = (others.isEmpty() ? List.<Outcome>of() : tasks.requeue(others, false)).iterator();
        return asks.stream().map(one -> (one ? ofAsking : ofOthers).next()).toList();
    }

    private Collection<Submission> held(Collection<Submission> all) {
        return all.stream().anyMatch(this::asks) ? all.stream().map(this::held).toList() : all;
    }

    private Submission held(Submission submission) {
        return asks(submission) ? submission.toBuilder().held(true).build() : submission;
    }

    private boolean asks(Submission submission) {
        return !submission.held() && types.contains(submission.task().type());
    }

    private Collection<Settlement> heldFollowUps(Collection<Settlement> settlements) {
        return settlements.stream().anyMatch(this::asks)
                ? settlements.stream().map(this::held).toList()
                : settlements;
    }

    /** One that was prepared has been through this. */
    private Settlement held(Settlement settlement) {
        return asks(settlement)
                ? new Settlement(
                        settlement.lease(),
                        settlement.disposition(),
                        settlement.entry(),
                        List.copyOf(held(settlement.followUps())))
                : settlement;
    }

    private boolean asks(Settlement settlement) {
        return !settlement.followUps().isEmpty()
                && settlement.followUps().stream().anyMatch(this::asks);
    }
}
