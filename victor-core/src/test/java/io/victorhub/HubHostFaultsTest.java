package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.victorhub.routing.Candidate;
import io.victorhub.routing.Selection;
import io.victorhub.routing.SelectionPolicy;
import io.victorhub.routing.TaskFeatures;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.scheduling.RunningTask;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.SkillEnvironment;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStatus;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host, its machine and what it plugs in may do to a hub. */
@Timeout(60)
class HubHostFaultsTest {

    private static final LambdaSkill ECHO = LambdaSkill.of("echo", (task, context) -> Result.success("done"));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void goesOnWhenAListenerSaysThatMemoryIsShort() {
        goesOnWhenAListenerThrows(() -> new OutOfMemoryError("Java heap space"));
    }

    @Test
    void goesOnWhenAListenerThrowsWhatCannotBePrinted() {
        goesOnWhenAListenerThrows(() -> new IllegalStateException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        });
    }

    /** It fails at some moment of a task's life, whichever that is. */
    @Test
    void doesEachTaskOnceWhenTheClockFailsNowAndThen() {
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        LambdaSkill counting = LambdaSkill.of("count", (task, context) -> Result.success(runs.incrementAndGet()));
        try (Hub hub = inMemory()
                .skill(counting)
                .clock(() -> {
                    int call = calls.incrementAndGet();
                    if (call > 20 && call % 3 == 0) {
                        throw new IllegalStateException("no time for a test");
                    }
                    return call % 7 == 0 ? null : Instant.now();
                })
                .build()) {
            hub.enableAutonomousMode();
            List<TaskHandle> handles = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                handles.add(hub.submit(Task.of("count").build()));
            }

            handles.forEach(handle -> assertThat(join(handle).succeeded()).isTrue());

            assertThat(runs).hasValue(50);
            assertThat(hub.scheduler().running()).isEmpty();
        }
    }

    @Test
    void triesATaskAgainForWhichTheSystemGaveNoThread() {
        AtomicBoolean first = new AtomicBoolean(true);
        try (Hub hub = inMemory()
                .skill(ECHO)
                .executor(work -> {
                    if (first.getAndSet(false)) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    new Thread(work).start();
                })
                .build()) {
            hub.enableAutonomousMode();
            TaskHandle refused = hub.submit(Task.of("echo").build());
            TaskHandle next = hub.submit(Task.of("echo").build());

            assertThat(join(next).succeeded()).isTrue();
            assertThat(join(refused).execution().orElseThrow().attempt()).isEqualTo(1);
        }
    }

    @Test
    void refusesWhileTheStoreKeepsNothingAndNoticesByItselfWhenItDoes() {
        UnreliableStore store = new UnreliableStore();
        Told told = new Told();
        try (Hub hub = inMemory().skill(ECHO).store(store).listener(told).build()) {
            hub.enableAutonomousMode();
            List.of("submit", "change").forEach(method -> store.fail(method, () -> new StorageException("full")));
            assertThatThrownBy(() -> hub.submit(Task.of("echo").build())).hasMessage("full");
            for (int turn = 0; turn < 3; turn++) {
                int looks = store.looks();
                hub.skills().enable("echo");
                await().until(() -> store.looks() > looks);
                assertThatThrownBy(() -> hub.submit(Task.of("echo").build())).hasMessage("full");
            }
            assertThat(hub.status()).isEqualTo(HubStatus.REFUSING);
            assertThat(told.all()).containsExactly("ACTIVE", "trouble full", "REFUSING");

            store.mend();

            await().until(() -> hub.status() == HubStatus.ACTIVE);
            await().untilAsserted(() -> assertThat(told.all())
                    .containsExactly("ACTIVE", "trouble full", "REFUSING", "recovered", "ACTIVE"));
            assertThat(join(hub.submit(Task.of("echo").build())).succeeded()).isTrue();
        }
    }

    @Test
    void keepsAResultUntilTheStoreTakesIt() throws Exception {
        UnreliableStore store = new UnreliableStore();
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(2);
        AtomicInteger calls = new AtomicInteger();
        LambdaSkill slow = LambdaSkill.of("slow", (task, context) -> {
            go.await();
            return Result.success(calls.incrementAndGet());
        });
        try (Hub hub = inMemory().skill(slow).store(store).build()) {
            hub.enableAutonomousMode();
            TaskHandle handle = hub.submit(Task.of("slow").build());
            store.fail("settle", () -> {
                tried.countDown();
                return new StorageException("full");
            });
            go.countDown();
            tried.await();
            assertThat(handle.state().orElseThrow().status()).isEqualTo(TaskStatus.RUNNING);

            store.mend();

            assertThat(join(handle).output()).isEqualTo(1L);
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void givesThePlaceBackOfATaskWhoseResultTheStoreChokesOn() {
        UnreliableStore store = new UnreliableStore();
        AtomicBoolean choke = new AtomicBoolean(true);
        LambdaSkill skill = LambdaSkill.of("choke", (task, context) -> {
            store.fail("settle", () -> new NullPointerException("a mistake of the store"));
            return Result.success(null);
        });
        HubListener mending = new HubListener() {
            @Override
            public void attemptStarted(RunningTask task) {
                if (task.type().equals("echo")) {
                    choke.set(false);
                    store.mend();
                }
            }
        };
        try (Hub hub = inMemory()
                .workers(1)
                .skill(skill)
                .skill(ECHO)
                .store(store)
                .listener(mending)
                .build()) {
            hub.enableAutonomousMode();
            TaskHandle choked = hub.submit(Task.of("choke").build());
            TaskHandle next = hub.submit(Task.of("echo").build());

            assertThat(join(next).succeeded()).isTrue();

            assertThat(choke).isFalse();
            assertThat(choked.state().orElseThrow().status()).isEqualTo(TaskStatus.RUNNING);
        }
    }

    @Test
    void keepsAPlugInOutThatIsNoJar() throws Exception {
        Path jar = folder.resolve("home/skills/broken.jar");
        Files.createDirectories(folder.resolve("home/skills"));
        Files.writeString(jar, "this is no jar");
        try (Hub hub =
                Hub.at(folder.resolve("home")).discoverSkills(false).skill(ECHO).build()) {
            hub.skills().scan(); // the second look: the jar is not on its way any more

            assertThat(hub.skills().problems()).singleElement().satisfies(problem -> {
                assertThat(problem.where()).isEqualTo(jar.toString());
                assertThat(problem.message())
                        .startsWith("plug-in " + jar + " is no jar that can be read")
                        .endsWith("copy it again or remove it");
            });
            hub.enableAutonomousMode();
            assertThat(join(hub.submit(Task.of("echo").build())).succeeded()).isTrue();
        }
    }

    @Test
    void keepsOnlyTheSkillOutWhoseSettingIsMissing() throws Exception {
        Path services = Files.createDirectories(folder.resolve("found/META-INF/services"));
        Files.writeString(
                services.resolve(Skill.class.getName()), NeedsKey.class.getName() + "\n" + Content.class.getName());
        URL[] found = {folder.resolve("found").toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(found, getClass().getClassLoader())) {
            try (Hub hub = Hub.inMemory().classLoader(loader).build()) {
                assertThat(hub.skills().all())
                        .extracting(skill -> skill.skill().descriptor().name())
                        .containsExactly("content");
                assertThat(hub.skills().problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.message())
                                .contains("setting 'key' of skill mailer is missing")
                                .contains("setting(\"mailer\", \"key\", …)")
                                .contains("VICTOR_MAILER_KEY"));
            }
            try (Hub hub = Hub.inMemory()
                    .classLoader(loader)
                    .setting("mailer", "key", "k-1")
                    .build()) {
                assertThat(hub.skills().all())
                        .extracting(skill -> skill.skill().descriptor().name())
                        .containsExactly("content", "mailer");
                assertThat(hub.skills().problems()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/self", "/sys/kernel", "/proc/victor-home", "/sys/victor-home"})
    void saysThatAHomeIsReadOnly(String home) {
        boolean there = Files.isDirectory(Path.of(home))
                || Files.isDirectory(Path.of(home).getParent());
        if (!there) {
            System.out.println("NOT TESTED on this machine: a read-only home at " + home + ", where nothing is");
        }
        assumeTrue(there, "this system has no " + home);

        assertThatThrownBy(() -> Hub.at(Path.of(home)).build())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(home)
                .message()
                .matches(message -> message.endsWith("give a folder that this process may write")
                        || message.endsWith("make the folder writable for this process, or choose another home"));
    }

    @Test
    void goesOnWithAPolicyThatThrowsAnErrorWhileItLearns() {
        SelectionPolicy broken = new SelectionPolicy() {
            @Override
            public String name() {
                return "broken@1";
            }

            @Override
            public Selection choose(TaskFeatures features, List<Candidate> candidates, long seed) {
                throw new AssertionError("broken");
            }

            @Override
            public void learn(Position position, LogEntry entry) {
                throw new AssertionError("broken");
            }
        };
        try (Hub hub = inMemory().skill(ECHO).selectionPolicy(broken).build()) {
            hub.enableAutonomousMode();

            assertThat(join(hub.submit(Task.of("echo").build())).succeeded()).isTrue();
            assertThat(hub.dashboard().tasksProcessed()).isEqualTo(1);
        }
    }

    @Test
    void refusesWhereAnAuthorizerThrowsAnError() {
        try (Hub hub = inMemory()
                .authorizer((submission, source) -> {
                    throw new AssertionError("no directory");
                })
                .build()) {
            assertThat(hub.submitAll(List.of(Submission.of(Task.of("echo").build())))
                            .get(0)
                            .submitted())
                    .isInstanceOf(Submitted.Refused.class);
        }
    }

    @Test
    void takesDurationsOfCenturiesForEver() {
        Duration forever = ChronoUnit.FOREVER.getDuration();
        try (Hub hub = inMemory()
                .skill(ECHO)
                .drainTimeout(forever)
                .stuckAfter(forever)
                .checkInterval(forever)
                .ageingStep(forever)
                .timeLimit(forever)
                .build()) {
            hub.enableAutonomousMode();

            assertThat(join(hub.submit(Task.of("echo").build())).succeeded()).isTrue();
        }
    }

    @Test
    void isOpenedByAnInterruptedThread() {
        Thread.currentThread().interrupt();

        try (Hub hub =
                Hub.at(folder.resolve("interrupted")).discoverSkills(false).build()) {
            assertThat(hub.status()).isEqualTo(HubStatus.IDLE);
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void closesThoughASkillDoesNotEndItsOwnClosing() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Skill clinging = new Skill() {
            @Override
            public SkillDescriptor descriptor() {
                return SkillDescriptor.of("clinging").capability("cling").build();
            }

            @Override
            public Result execute(Task task, SkillContext context) {
                return Result.success(null);
            }

            @Override
            public void close() throws InterruptedException {
                never.await();
            }
        };
        Hub hub = inMemory().skill(clinging).build();

        hub.close();

        assertThat(hub.status()).isEqualTo(HubStatus.STOPPING);
        never.countDown();
    }

    @Test
    void tellsOfSkillsWhileOthersMayChangeThem() {
        AtomicReference<Hub> opened = new AtomicReference<>();
        HubListener listener = new HubListener() {
            @Override
            public void skillsChanged() {
                Hub hub = opened.get();
                if (hub != null && hub.skills().find("other").isEmpty()) {
                    CompletableFuture.runAsync(() -> hub.skills()
                                    .register(LambdaSkill.of("other", (task, context) -> Result.success("other"))))
                            .join();
                }
            }
        };
        try (Hub hub = inMemory().listener(listener).build()) {
            opened.set(hub);

            hub.skills().register(ECHO);

            assertThat(hub.skills().find("other")).isPresent();
        }
    }

    private void goesOnWhenAListenerThrows(Supplier<? extends Throwable> thrown) {
        HubListener hostile = new HubListener() {
            @Override
            public void attemptStarted(RunningTask task) {
                HubHostFaultsTest.<RuntimeException>sneak(thrown.get());
            }

            @Override
            public void attemptEnded(Execution execution) {
                HubHostFaultsTest.<RuntimeException>sneak(thrown.get());
            }

            @Override
            public void taskSettled(Completion completion) {
                HubHostFaultsTest.<RuntimeException>sneak(thrown.get());
            }

            @Override
            public void waitingForSkill(String type, String missing) {
                HubHostFaultsTest.<RuntimeException>sneak(thrown.get());
            }
        };
        AtomicInteger uncaught = new AtomicInteger();
        try (Hub hub = inMemory()
                .workers(1)
                .skill(ECHO)
                .listener(hostile)
                .threadFactory(work -> {
                    Thread thread = new Thread(work);
                    thread.setUncaughtExceptionHandler((where, error) -> uncaught.incrementAndGet());
                    return thread;
                })
                .build()) {
            hub.enableAutonomousMode();

            TaskHandle nobody = hub.submit(Task.of("nobody").priority(10).build());
            TaskHandle first = hub.submit(Task.of("echo").build());
            TaskHandle second = hub.submit(Task.of("echo").build());

            assertThat(join(first).succeeded()).isTrue();
            assertThat(join(second).succeeded()).isTrue();
            assertThat(nobody.state().orElseThrow().status()).isEqualTo(TaskStatus.READY);
            boolean fatal = thrown.get() instanceof VirtualMachineError;
            await().until(() -> fatal == (uncaught.get() > 0));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static HubBuilder inMemory() {
        return Hub.inMemory().discoverSkills(false).retry(RetryPolicy.never());
    }

    private static Completion join(TaskHandle handle) {
        return handle.completion()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** Remembers what it is told of the store and of the hub as a whole. */
    private static final class Told implements HubListener {
        private final List<String> all = new CopyOnWriteArrayList<>();

        List<String> all() {
            return List.copyOf(all);
        }

        @Override
        public void storageTrouble(StorageException trouble) {
            all.add("trouble " + trouble.getMessage());
        }

        @Override
        public void storageRecovered() {
            all.add("recovered");
        }

        @Override
        public void statusChanged(HubStatus before, HubStatus now) {
            all.add(now.name());
        }
    }

    /** Found by its loader; cannot do without a setting. */
    public static final class NeedsKey implements Skill {
        @Override
        public SkillDescriptor descriptor() {
            return SkillDescriptor.of("mailer").capability("mail").build();
        }

        @Override
        public void open(SkillEnvironment environment) {
            environment.requiredSecret("key");
        }

        @Override
        public Result execute(Task task, SkillContext context) {
            return Result.success(null);
        }
    }

    /** Found by its loader; needs nothing. */
    public static final class Content implements Skill {
        @Override
        public SkillDescriptor descriptor() {
            return SkillDescriptor.of("content").capability("content").build();
        }

        @Override
        public Result execute(Task task, SkillContext context) {
            return Result.success(null);
        }
    }
}
