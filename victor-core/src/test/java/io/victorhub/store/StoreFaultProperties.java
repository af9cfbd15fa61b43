package io.victorhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.StoreContext;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskState;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.testing.FaultyDisk;
import io.victorhub.testing.FaultyDisk.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/** What each level promises, over random histories on a disk that fails at random moments. */
class StoreFaultProperties {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.victorhub");

    @BeforeContainer
    static void beQuiet() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterContainer
    static void beQuietNoMore() {
        LOGGER.setLevel(null);
    }

    @Property(tries = 25)
    void losesNoAcknowledgedTaskWhateverFails(@ForAll long seed) throws IOException {
        new History(seed, EmbeddedSettings.DEFAULT.segmentBytes(1 << 16).checkpointBytes(1 << 15)).run(4);
    }

    @Property(tries = 25)
    void letsNothingRiseWithStrictAcknowledgements(@ForAll long seed) throws IOException {
        new History(
                        seed,
                        EmbeddedSettings.DEFAULT
                                .strictAck(true)
                                .segmentBytes(1 << 16)
                                .checkpointBytes(1 << 15))
                .run(4);
    }

    @Property(tries = 20)
    void inventsNothingAtTheLevelOfTheProcess(@ForAll long seed) throws IOException {
        new History(
                        seed,
                        EmbeddedSettings.DEFAULT
                                .durability(Durability.PROCESS)
                                .segmentBytes(1 << 16)
                                .checkpointBytes(1 << 15))
                .run(4);
    }

    @Tag("long")
    @Property(tries = 4_000)
    void keepsItsPromisesForLong(@ForAll long seed) throws IOException {
        EmbeddedSettings small = EmbeddedSettings.DEFAULT.segmentBytes(1 << 16).checkpointBytes(1 << 15);
        switch ((int) Math.floorMod(seed, 3L)) {
            case 0 -> new History(seed, small).run(8);
            case 1 -> new History(seed, small.strictAck(true)).run(8);
            default -> new History(seed, small.durability(Durability.PROCESS)).run(8);
        }
    }

    /** A store on a disk that fails, and what was promised of it. */
    private static final class History {
        private final Random random;
        private final FaultyDisk disk;
        private final EmbeddedSettings settings;
        private final Set<String> acknowledged = new HashSet<>();
        private final Set<String> handedIn = new HashSet<>();
        private final Set<String> settled = new HashSet<>();
        private final Set<String> settledForSure = new HashSet<>();
        private Path folder = Path.of("");
        private int next;

        History(long seed, EmbeddedSettings settings) {
            this.random = new Random(seed);
            this.disk = new FaultyDisk(random);
            this.settings = settings;
        }

        void run(int lives) throws IOException {
            folder = Files.createTempDirectory("victor-faults");
            try {
                for (int life = 0; life < lives; life++) {
                    Store store = EmbeddedStore.open(new Context(folder), settings, disk);
                    compare(store);
                    live(store);
                    end(store);
                }
                try (Store store = EmbeddedStore.open(new Context(folder), settings, disk)) {
                    compare(store);
                }
            } finally {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }

        private void live(Store store) {
            List<Lease> leases = new ArrayList<>();
            for (int step = random.nextInt(60); step >= 0; step--) {
                try {
                    step(store, leases);
                } catch (StorageException e) {
                    // what was handed in may be there or not
                }
            }
            disk.heal();
            disk.makeRoom();
        }

        private void step(Store store, List<Lease> leases) {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> submit(store);
                case 4, 5, 6 ->
                    leases.addAll(store.tasks().lease(LeaseRequest.of(1 + random.nextInt(3), Duration.ofMinutes(1))));
                case 7, 8, 9 -> settle(store, leases);
                case 10 -> fault();
                default -> {
                    disk.heal();
                    disk.makeRoom();
                }
            }
        }

        private void fault() {
            switch (random.nextInt(6)) {
                case 0 -> disk.failOnce(Operation.FORCE, random.nextInt(3));
                case 1, 2 -> disk.failOnce(Operation.WRITE, random.nextInt(3));
                case 3 -> disk.leaveRoomFor(random.nextInt(3_000));
                default -> {}
            }
        }

        private void submit(Store store) {
            List<Submission> some = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                String id = "t-" + next++;
                handedIn.add(id);
                some.add(Submission.of(Task.of("t")
                        .id(id)
                        .input("text", "x".repeat(random.nextInt(2_000)))
                        .build()));
            }
            for (Submitted answer : store.tasks().submit(some)) {
                assertThat(answer).isInstanceOf(Submitted.Accepted.class);
                acknowledged.add(answer.taskId());
            }
        }

        private void settle(Store store, List<Lease> leases) {
            if (leases.isEmpty()) {
                return;
            }
            Lease lease = leases.remove(random.nextInt(leases.size()));
            Execution execution = Execution.of(lease.taskId(), "t")
                    .status(Execution.Status.SUCCESS)
                    .startedAt(InstantSource.system().instant())
                    .output("y".repeat(random.nextInt(500)))
                    .build();
            Settlement settlement = Settlement.of(lease, Disposition.done(), execution);
            settled.add(lease.taskId()); // it may be, even if nobody says so
            if (store.tasks().settle(List.of(settlement)).get(0) == Outcome.RECORDED) {
                settledForSure.add(lease.taskId());
            }
        }

        /** The process ends in order, or is killed, or the power fails. */
        private void end(Store store) {
            switch (random.nextInt(3)) {
                case 0 -> close(store);
                case 1 -> {
                    disk.kill();
                    close(store);
                }
                default -> {
                    disk.cutPower();
                    close(store);
                    if (settings.durability() == Durability.PROCESS) {
                        acknowledged.clear(); // the last 10 ms of them may be gone, and all of this took less
                    }
                    if (!settings.strictAck()) {
                        settledForSure.clear();
                    }
                }
            }
        }

        private static void close(Store store) {
            try {
                store.close();
            } catch (StorageException e) {
                // its files are gone
            }
        }

        private void compare(Store store) {
            for (String id : acknowledged) {
                TaskState state = store.tasks().find(id).orElse(null);
                assertThat(state).as(id).isNotNull();
                assertThat(state.submission()).as(id).isPresent();
            }
            for (String id : settledForSure) {
                assertThat(store.tasks().find(id).orElseThrow().status()).as(id).isEqualTo(TaskStatus.DONE);
            }
            for (int i = 0; i < next; i++) {
                store.tasks()
                        .find("t-" + i)
                        .filter(state -> state.status() == TaskStatus.DONE)
                        .ifPresent(state -> assertThat(settled).contains(state.id()));
            }
            Set<String> once = new HashSet<>();
            Position at = Position.START;
            for (LogPage page = store.log().read(at, 50);
                    !page.entries().isEmpty();
                    page = store.log().read(at, 50)) {
                at = page.end();
                page.entries().stream()
                        .map(LogPage.Logged::entry)
                        .filter(entry ->
                                entry instanceof Execution execution && execution.status() == Execution.Status.SUCCESS)
                        .forEach(entry -> assertThat(once.add(entry.taskId()))
                                .as("%s is settled once", entry.taskId())
                                .isTrue());
            }
            assertThat(handedIn).containsAll(acknowledged);
        }
    }

    private record Context(Path directory) implements StoreContext {
        @Override
        public StoreCodec codec() {
            return Stores.codec();
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public ThreadFactory threads() {
            return work -> {
                Thread thread = new Thread(work);
                thread.setDaemon(true);
                return thread;
            };
        }

        @Override
        public String node() {
            return "test";
        }

        @Override
        public Duration ageingStep() {
            return Duration.ofMinutes(10);
        }
    }
}
