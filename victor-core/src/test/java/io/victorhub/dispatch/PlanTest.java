package io.victorhub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.registry.loading.SkillRegistry;
import io.victorhub.routing.BetaThompson;
import io.victorhub.routing.Candidate;
import io.victorhub.routing.Selection;
import io.victorhub.routing.SelectionPolicy;
import io.victorhub.routing.TaskFeatures;
import io.victorhub.spi.Choice;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Parameter;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SensitiveKeys;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.ValueType;
import io.victorhub.spi.store.Position;
import io.victorhub.store.Stores;
import io.victorhub.testing.Askers;
import io.victorhub.testing.RecordingSkill;
import io.victorhub.testing.SkillJar;
import io.victorhub.testing.TestWorkspaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who could do a task, and who gets it. */
class PlanTest {

    private static final Task TASK = DispatchBench.task();

    @TempDir
    Path home;

    DispatchBench bench;

    @BeforeEach
    void makeBench() {
        bench = new DispatchBench(home);
    }

    @Test
    void aTypeThatNobodyServesWaits() {
        assertThat(bench.plan(TASK)).isEqualTo(new Plan.NoSkill("no skill serves type t", false));
        assertThat(bench.dispatcher.serves("t")).isFalse();
        assertThat(bench.dispatcher.room("t")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aDisabledSkillServesNobody() {
        bench.with(RecordingSkill.named("s", "t"));

        bench.registry.disable("s");

        assertThat(bench.plan(TASK)).isInstanceOf(Plan.NoSkill.class);
    }

    @Test
    void aPinnedSkillIsTheOnlyOneThatMay() {
        bench.with(RecordingSkill.named("a", "t"), RecordingSkill.named("b", "t"));

        Attempt attempt = bench.attempt(Submission.builder(TASK).skill("b").build());

        assertThat(attempt.skill().name()).isEqualTo("b");
        assertThat(bench.plan(Submission.builder(TASK).skill("c").build()))
                .isEqualTo(new Plan.NoSkill("no skill 'c' serves type t", true));
    }

    @Test
    void aTaskThatEverybodyDeclinesIsRefused() {
        bench.with(RecordingSkill.named("s", "t").wanting(task -> false));

        assertThat(bench.plan(TASK))
                .isEqualTo(new Plan.Impossible(Reason.REFUSED, "every skill that serves type t declines this task"));
    }

    @Test
    void aSkillThatThrowsWhenAskedDoesNotWantTheTask() {
        bench.with(
                RecordingSkill.named("a", "t").wanting(task -> {
                    throw new Error("for a test");
                }),
                RecordingSkill.named("b", "t").costing(task -> {
                    throw new IllegalStateException("for a test");
                }),
                RecordingSkill.named("c", "t"));

        assertThat(bench.attempt(TASK).skill().name()).isEqualTo("c");
    }

    @Test
    void aSkillThatEstimatesMoreThanMayBeSpentIsPassedOver() {
        bench.with(
                RecordingSkill.named("dear", "t").costing(task -> 3),
                RecordingSkill.named("cheap", "t").costing(task -> 2));

        assertThat(bench.attempt(Submission.builder(TASK).maxCost(2).build())
                        .skill()
                        .name())
                .isEqualTo("cheap");
        assertThat(bench.plan(Submission.builder(TASK).maxCost(1).build()))
                .isEqualTo(new Plan.Impossible(
                        Reason.REFUSED, "every skill that could do it estimates more than the maximum cost of 1.0"));
    }

    @Test
    void anEstimateThatIsNoneSaysNothing() {
        bench.with(RecordingSkill.named("a", "t").costing(task -> Double.NaN));

        assertThat(bench.plan(Submission.builder(TASK).maxCost(0).build())).isInstanceOf(Plan.Run.class);
    }

    @Test
    void whatASkillDeclaresOfItsInputsHoldsBeforeItIsCalled() {
        bench.with(counting("counter"));

        assertThat(bench.plan(TASK))
                .isEqualTo(new Plan.Impossible(
                        Reason.INVALID_INPUT, "input 'count' is missing; skill counter needs it as a whole number"));
        assertThat(bench.plan(Task.of("t").input("count", "ten").build()))
                .isEqualTo(new Plan.Impossible(
                        Reason.INVALID_INPUT, "input 'count' is ten; skill counter needs it as a whole number"));
        assertThat(bench.plan(Task.of("t").input("count", 10).build())).isInstanceOf(Plan.Run.class);
    }

    /** Whether a task is done must not hang on whom the router happened to choose. */
    @Test
    void aTaskGoesToTheSkillWhoseInputsItHas() {
        RecordingSkill any = RecordingSkill.named("any", "t");
        bench.with(counting("counter"), any);

        for (int i = 0; i < 20; i++) {
            assertThat(bench.attempt(Task.of("t").build()).skill().name()).isEqualTo("any");
        }
    }

    @Test
    void aSkillNeverGetsMoreThanItsLimit() {
        DispatchBench limited = new DispatchBench(home, BetaThompson.create(), Map.of("s", 2));
        limited.with(RecordingSkill.named("s", "t", "u"));
        Attempt first = limited.attempt(TASK);
        limited.attempt(TASK);

        assertThat(limited.plan(TASK)).isEqualTo(new Plan.Busy());
        assertThat(limited.dispatcher.room("t")).isZero();
        assertThat(limited.dispatcher.limitedRoom()).containsOnlyKeys("t", "u");
        first.run();
        assertThat(limited.dispatcher.room("u")).isOne();
    }

    @Test
    void aTypeHasTheRoomOfAllItsSkills() {
        DispatchBench limited = new DispatchBench(home, BetaThompson.create(), Map.of("a", 2, "b", 3));
        limited.with(RecordingSkill.named("a", "t"), RecordingSkill.named("b", "t"), RecordingSkill.named("c", "u"));

        assertThat(limited.dispatcher.room("t")).isEqualTo(5);
        assertThat(limited.dispatcher.room("u")).isEqualTo(Integer.MAX_VALUE);
        assertThat(limited.dispatcher.limitedRoom()).containsOnlyKeys("t");
    }

    @Test
    void whoHasNoPlaceLeftIsNoCandidate() {
        DispatchBench limited = new DispatchBench(home, BetaThompson.create(), Map.of("a", 1));
        limited.with(RecordingSkill.named("a", "t"), RecordingSkill.named("b", "t"));
        limited.attempt(Submission.builder(TASK).skill("a").build());

        for (int i = 0; i < 20; i++) {
            assertThat(limited.attempt(Task.of("t").build()).skill().name()).isEqualTo("b");
        }
    }

    @Test
    void limitsHoldWhenManyPlanAtOnce() throws Exception {
        DispatchBench limited = new DispatchBench(home, BetaThompson.create(), Map.of("a", 2, "b", 3));
        limited.with(RecordingSkill.named("a", "t"), RecordingSkill.named("b", "t"));
        List<io.victorhub.spi.store.Lease> leases = IntStream.range(0, 40)
                .mapToObj(i -> limited.lease(Submission.of(Task.of("t").build())))
                .toList();
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> planners = leases.stream()
                .map(lease -> new Thread(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    runs.addAndGet(limited.dispatcher.plan(lease) instanceof Plan.Run ? 1 : 0);
                }))
                .toList();
        planners.forEach(Thread::start);

        go.countDown();
        for (Thread planner : planners) {
            planner.join();
        }

        assertThat(runs).hasValue(5);
    }

    @Test
    void theChoiceIsKeptSoThatItCanBeExplained() {
        bench.with(RecordingSkill.named("a", "t"), RecordingSkill.named("b", "t"));

        Choice choice = bench.attempt(TASK).means().choice();

        assertThat(choice.candidates()).containsExactly(new SkillRef("a", "1.0.0"), new SkillRef("b", "1.0.0"));
        assertThat(choice.policy()).isEqualTo("beta-thompson@1");
        assertThat(choice.features()).containsEntry("hour", 9L);
        assertThat(choice.explanation()).contains("expected success 0.500 after 0 results");
    }

    @Test
    void theOnlyCandidateIsChosenForSure() {
        bench.with(RecordingSkill.named("a", "t"));

        Choice choice = bench.attempt(TASK).means().choice();

        assertThat(choice.propensity()).hasValue(1);
        assertThat(choice.explanation()).isEqualTo("the only candidate");
    }

    @Test
    void sameTaskAndAttemptAreDrawnAlikeAndOthersAreNot() {
        bench.with(RecordingSkill.named("a", "t"), RecordingSkill.named("b", "t"));
        Submission submission = Submission.of(TASK);

        List<Long> seeds = IntStream.of(1, 1, 2)
                .mapToObj(attempt -> bench.dispatcher.plan(bench.lease(submission, attempt)))
                .map(plan -> ((Plan.Run) plan).attempt().means().choice().seed())
                .toList();

        assertThat(seeds.get(1)).isEqualTo(seeds.get(0));
        assertThat(seeds.get(2)).isNotEqualTo(seeds.get(0));
    }

    @Test
    void aPolicyThatFailsIsPassedOver() {
        for (SelectionPolicy policy : List.of(
                policy(candidates -> {
                    throw new IllegalStateException("for a test");
                }),
                policy(candidates -> {
                    throw new NoClassDefFoundError("for a test");
                }),
                policy(candidates -> null),
                policy(candidates -> new Selection(new SkillRef("c", "1"), OptionalDouble.empty(), "", "")),
                policy(candidates ->
                        new Selection(candidates.get(1).skill(), OptionalDouble.of(Double.NaN), "", "")))) {
            DispatchBench own = new DispatchBench(home, policy, Map.of());
            own.with(RecordingSkill.named("a", "t"), RecordingSkill.named("b", "t"));

            Attempt attempt = own.attempt(TASK);

            assertThat(attempt.skill().name()).isEqualTo("a");
            assertThat(attempt.means().choice().explanation()).isEqualTo("the policy failed; the first one");
        }
    }

    @Test
    void aWorkspaceThatCannotBeMadeIsTroubleOfTheMachine() throws Exception {
        Files.writeString(home.resolve("workspace"), "a file is in the way");
        DispatchBench limited = new DispatchBench(home, BetaThompson.create(), Map.of("s", 1));
        limited.with(RecordingSkill.named("s", "t")
                .doing((task, context) -> Result.success(context.workspace().toString())));

        Execution execution = limited.attempt(TASK).run().orElseThrow().execution();

        assertThat(execution.trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble.reason()).isEqualTo(Reason.RESOURCE);
            assertThat(trouble.message()).startsWith("its workspace could not be made: ");
        });
        assertThat(limited.dispatcher.room("t")).isOne();
        assertThat(limited.registry.skills().get(0).running()).isZero();
    }

    /** A task that meets the moment of replacement is not refused, and does not wait. */
    @Test
    void aSkillThatIsBeingReplacedStillServes() throws Exception {
        Path folder = Files.createDirectory(home.resolve("skills"));
        SkillRegistry registry =
                SkillRegistry.builder().plugins(folder, home.resolve("cache")).build();
        List<byte[]> versions = List.of(
                SkillJar.skill("t", "1").bytes(), SkillJar.skill("t", "2").bytes());
        Files.write(folder.resolve("t.jar"), versions.get(0));
        registry.scan();
        DispatchSettings settings = new DispatchSettings(
                bench.clock,
                ZoneOffset.UTC,
                "",
                DispatchBench.TIME_LIMIT,
                Map.of(),
                1000,
                1000,
                Askers.LIMIT,
                3,
                SensitiveKeys.NONE,
                1);
        Dispatcher dispatcher = new Dispatcher(
                registry,
                BetaThompson.create(),
                TestWorkspaces.in(home, bench.clock),
                Stores.codec(),
                settings,
                Askers.THREADS,
                progress -> {},
                Set::of);
        AtomicBoolean done = new AtomicBoolean();
        Thread replacing = new Thread(() -> {
            for (int i = 1; i <= 60; i++) {
                try {
                    Files.write(folder.resolve("t.jar"), versions.get(i % 2));
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                registry.scan();
            }
            done.set(true);
        });
        replacing.start();

        while (!done.get()) {
            Plan plan = dispatcher.plan(bench.lease(Submission.of(TASK)));
            assertThat(plan).isInstanceOfAny(Plan.Run.class, Plan.Busy.class);
            if (plan instanceof Plan.Run run) {
                run.attempt().discard();
            }
        }
        replacing.join();
    }

    private static RecordingSkill counting(String name) {
        return RecordingSkill.of(SkillDescriptor.of(name)
                .capability("t")
                .input(Parameter.required("count", ValueType.INTEGER, "how many"))
                .build());
    }

    private interface Choosing {
        Selection from(List<Candidate> candidates);
    }

    private static SelectionPolicy policy(Choosing choosing) {
        return new SelectionPolicy() {
            @Override
            public String name() {
                return "test@1";
            }

            @Override
            public Selection choose(TaskFeatures features, List<Candidate> candidates, long seed) {
                return choosing.from(candidates);
            }

            @Override
            public void learn(Position position, LogEntry entry) {}
        };
    }
}
