package io.victorhub.examples.benchmarks.victor;

import io.victorhub.Hub;
import io.victorhub.examples.benchmarks.Run;
import io.victorhub.spi.store.TaskPage;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Long queues: what they take of the heap, and how soon they are open again. */
final class Scale {

    private static final String CHECKPOINT = "checkpoint";
    private static final int COLLECTIONS = 3;

    private Scale() {}

    /** Fills a home and reports what the heap has more than before, once it is collected. */
    static void fill(Run run, int tasks) {
        long before = usedBytes();
        try (Hub hub = CheckingHub.at(run.home()).build()) {
            Tasks.fill(hub, 0, tasks);
            long more = usedBytes() - before;
            checkQueued(hub, tasks);
            run.report("heap", more / (double) (1 << 20));
            run.report("heap-a-task", more / (double) tasks);
        }
    }

    /** Fills a home, and nothing more. */
    static void fillOnly(Run run, int tasks) {
        try (Hub hub = CheckingHub.at(run.home()).build()) {
            Tasks.fill(hub, 0, tasks);
        }
    }

    /** Reports how long it takes to open the home, in seconds. */
    static void open(Run run, String what, int tasks) {
        long before = usedBytes();
        long begin = System.nanoTime();
        try (Hub hub = CheckingHub.at(run.home()).build()) {
            run.report(what, (System.nanoTime() - begin) / 1e9);
            run.report(what + "-heap", (usedBytes() - before) / (double) (1 << 20));
            checkQueued(hub, tasks);
        }
    }

    /** Removes what makes opening quicker than reading everything; returns how many files that were. */
    static int removeCheckpoints(Path home) throws IOException {
        List<Path> found;
        try (Stream<Path> all = Files.walk(home)) {
            found = all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().contains(CHECKPOINT))
                    .toList();
        }
        for (Path file : found) {
            Files.delete(file);
        }
        return found.size();
    }

    private static void checkQueued(Hub hub, int tasks) {
        TaskPage first = hub.tasks(TaskQuery.all().max(1).statuses(Set.of(TaskStatus.READY)));
        if (first.tasks().isEmpty() || hub.find("t-" + (tasks - 1)).isEmpty()) {
            throw new IllegalStateException("of " + tasks + " tasks the first or the last is not in the queue");
        }
    }

    private static long usedBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
