package io.victorhub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.routing.BetaThompson;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Task;
import io.victorhub.testing.RecordingSkill;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A skill that does not say whether it wants a task. */
@Timeout(60)
class AskerTest {

    @TempDir
    Path home;

    private final CountDownLatch answer = new CountDownLatch(1);
    private DispatchBench bench;

    @BeforeEach
    void makeBench() {
        bench = new DispatchBench(home, BetaThompson.create(), Map.of(), Duration.ofMillis(20));
    }

    @AfterEach
    void letItAnswer() {
        answer.countDown();
    }

    @Test
    void holdsUpNobodyWhoCouldDoTheTaskInItsPlace() {
        bench.with(new Silent("silent"), RecordingSkill.named("willing", "t"));

        Plan plan = bench.plan(DispatchBench.task());

        assertThat(((Plan.Run) plan).attempt().skill()).isEqualTo(new SkillRef("willing", "1.0.0"));
    }

    @Test
    void isAskedAgainLaterWhereNobodyElseServes() {
        bench.with(new Silent("silent"));

        assertThat(bench.plan(DispatchBench.task())).isInstanceOf(Plan.Busy.class);
        assertThat(bench.dispatcher.stuckThreads()).isEqualTo(1);

        answer.countDown();

        await().until(() -> bench.dispatcher.stuckThreads() == 0);
        await().until(() -> bench.plan(DispatchBench.task()) instanceof Plan.Run);
    }

    @Test
    void isNotAskedAnyMoreWhenItHasLostThreeThreads() {
        Silent silent = new Silent("silent");
        bench.with(silent);

        for (int i = 0; i < 5; i++) {
            assertThat(bench.plan(DispatchBench.task())).isInstanceOf(Plan.Busy.class);
        }

        assertThat(bench.dispatcher.stuckThreads()).isEqualTo(3);
    }

    /** Ignores every interruption until it may answer. */
    private final class Silent implements Skill {
        private final String name;

        Silent(String name) {
            this.name = name;
        }

        @Override
        public SkillDescriptor descriptor() {
            return SkillDescriptor.of(name).capability("t").build();
        }

        @Override
        public boolean canHandle(Task task) {
            while (true) {
                try {
                    answer.await();
                    return true;
                } catch (InterruptedException e) {
                    // it does not care
                }
            }
        }

        @Override
        public Result execute(Task task, SkillContext context) {
            return Result.success(name);
        }
    }
}
