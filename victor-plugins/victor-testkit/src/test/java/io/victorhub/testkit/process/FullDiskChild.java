package io.victorhub.testkit.process;

import io.victorhub.Hub;
import io.victorhub.HubBuilder;
import io.victorhub.HubListener;
import io.victorhub.HubStatus;
import io.victorhub.TaskHandle;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testkit.RecordingSkill;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A host on a disk that gets full: {@code home}. Fills it with tasks until one is refused, with a task under way whose
 * result does not fit either; says what it sees; goes on when the parent has made room, and makes some itself.
 */
final class FullDiskChild {

    /** More than what may be left of the last block of a full disk. */
    private static final int LARGE = 10_000;

    /** What is deleted to make room. */
    private static final int BALLAST = 256 << 10;

    /** Said when nothing more fits. */
    static final String FULL = "full";

    /** Said to ask the parent for room. */
    static final String ROOM = "room, please";

    private final Path home;
    private final List<String> acked = new ArrayList<>();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch returned = new CountDownLatch(1);

    private FullDiskChild(Path home) {
        this.home = home;
    }

    public static void main(String[] arguments) throws Exception {
        Parent.listen();
        new FullDiskChild(Path.of(arguments[0])).run();
        Parent.tell("ended");
        Runtime.getRuntime().halt(0);
    }

    private void run() throws Exception {
        RecordingSkill slow = RecordingSkill.of("slow").answering(task -> {
            running.countDown();
            awaitGo();
            returned.countDown();
            return Result.success("r".repeat(LARGE));
        });
        try (Hub hub = builder(slow).listener(new Troubles()).build()) {
            Path ballast = Files.write(home.resolve("ballast"), new byte[BALLAST]);
            hub.enableAutonomousMode();
            TaskHandle underWay = hub.submit(Task.of("slow").id("slow").build());
            running.await();
            fill(hub);
            Parent.tell(FULL);

            go.countDown();
            returned.await();
            Parent.tell("status " + hub.status());
            for (int i = 0; i < 5; i++) {
                hub.skills().enable("slow"); // the loop looks for work, and finds none
                refuse(hub);
            }
            Parent.tell("status " + hub.status());
            Parent.tell(ROOM);

            Parent.next();
            Files.delete(ballast);
            Parent.tell(
                    "slow " + underWay.completion().toCompletableFuture().join().status());
            acked.add(hub.submit(later("after", LARGE)).id());
            Parent.tell("status " + hub.status());
            Parent.tell("missing "
                    + acked.stream().filter(id -> hub.find(id).isEmpty()).toList());
        }
        try (Hub hub = builder(slow).build()) {
            Parent.tell("missing "
                    + acked.stream()
                            .filter(id -> hub.find(id)
                                    .filter(task -> task.status() == TaskStatus.DELAYED)
                                    .isEmpty())
                            .toList());
            Parent.tell("kept " + acked.size());
        }
    }

    private HubBuilder builder(RecordingSkill slow) {
        return Hub.at(home).discoverSkills(false).retry(RetryPolicy.never()).skill(slow);
    }

    /** First with large tasks, then with a file, then with small tasks: what is left may hold some of them. */
    private void fill(Hub hub) throws IOException {
        for (int i = 0; accepts(hub, later("large-" + i, LARGE)); i++) {
            // until it is full
        }
        try (OutputStream filler = Files.newOutputStream(home.resolve("filler"))) {
            while (true) {
                filler.write(new byte[512]);
            }
        } catch (IOException e) {
            Parent.tell("filled up: " + e.getMessage());
        }
        for (int i = 0; accepts(hub, later("small-" + i, 1)); i++) {
            // until it is full
        }
    }

    private boolean accepts(Hub hub, Submission submission) {
        try {
            acked.add(hub.submit(submission).id());
            return true;
        } catch (StorageException e) {
            Parent.tell("refused " + e.getMessage());
            return false;
        }
    }

    private void refuse(Hub hub) {
        if (accepts(hub, later("refused", LARGE))) {
            Parent.tell("accepted though it is full");
        }
    }

    /** A task that the loop leaves alone: tomorrow. */
    private static Submission later(String id, int size) {
        return Submission.builder(
                        Task.of("later").id(id).description("x".repeat(size)).build())
                .notBefore(Instant.now().plus(Duration.ofDays(1)))
                .build();
    }

    private void awaitGo() {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells what listeners hear. */
    private static final class Troubles implements HubListener {
        @Override
        public void storageTrouble(StorageException trouble) {
            Parent.tell("trouble " + trouble.getMessage());
        }

        @Override
        public void storageRecovered() {
            Parent.tell("recovered");
        }

        @Override
        public void statusChanged(HubStatus before, HubStatus now) {
            Parent.tell("changed " + now);
        }
    }
}
