package io.victorhub.examples.host;

import io.victorhub.Completion;
import io.victorhub.Hub;
import io.victorhub.HubListener;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Listens to the hub, shows how far it is, and tells when it has nothing more to do. */
final class Watch implements HubListener {

    private static final long LOOK_MILLIS = 200;

    private final BlockingQueue<InboxReport> reports = new LinkedBlockingQueue<>();
    private final List<Completion> completions = new CopyOnWriteArrayList<>();
    private final ProgressBoard board;

    Watch(ProgressBoard board) {
        this.board = board;
    }

    @Override
    public void inboxRead(InboxReport report) {
        reports.add(report);
    }

    @Override
    public void taskSettled(Completion completion) {
        completions.add(completion);
    }

    /**
     * Waits until the file is taken in and everything that can be done is done.
     *
     * @param settledBefore how many tasks the log knew before
     */
    InboxReport awaitAllDone(Hub hub, long settledBefore) throws InterruptedException {
        InboxReport report = null;
        while (report == null) {
            report = reports.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            board.show(hub.scheduler().running());
        }
        while (somethingToDo(hub) || completions.size() < settled(hub) - settledBefore) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            board.show(hub.scheduler().running());
        }
        board.end();
        return report;
    }

    /** {@return how many tasks the log knows to be settled} */
    static long settled(Hub hub) {
        return hub.reviewer().statistics().totals().settled();
    }

    /** {@return what was settled meanwhile, in the order of the log} */
    List<Completion> completions() {
        return completions;
    }

    /** Tasks that nobody serves would wait for ever; the dashboard tells of them. */
    private static boolean somethingToDo(Hub hub) {
        Map<String, String> waiting = hub.scheduler().waitingForSkill();
        return hub
                .tasks(TaskQuery.all()
                        .max(1000)
                        .statuses(Set.of(TaskStatus.READY, TaskStatus.DELAYED, TaskStatus.RUNNING)))
                .tasks()
                .stream()
                .anyMatch(task -> !waiting.containsKey(task.type()));
    }
}
