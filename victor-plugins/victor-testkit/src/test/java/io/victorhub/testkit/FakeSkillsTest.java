package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.Completion;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.TaskStatus;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeSkillsTest {

    @Test
    void remembersEachTaskInTheOrderOfCalls() {
        RecordingSkill press = RecordingSkill.of("press");
        Task second = Task.of("press").id("second").priority(1).build();
        try (HandDrivenHub hub = HandDrivenHub.inMemory(press)) {
            hub.submit(second);
            hub.submit(Task.of("press").id("first").priority(9).build());

            hub.runUntilIdle();

            assertThat(press.ids()).containsExactly("first", "second");
            assertThat(press.tasks().get(1)).isEqualTo(second);
        }
    }

    @Test
    void losesNoTaskOfSeveralThreads() {
        RecordingSkill press = RecordingSkill.of("press");
        try (HandDrivenHub hub = HandDrivenHub.inMemory(press)) {
            IntStream.range(0, 200)
                    .parallel()
                    .forEach(i -> hub.hub().execute(Task.of("press").id("t" + i).build()));

            assertThat(press.ids()).hasSize(200).doesNotHaveDuplicates();
        }
    }

    @Test
    void failsSoOftenForEachTaskAndThenDoesIt() {
        FailingSkill mail = FailingSkill.times(2).named("mail").because(Reason.UNAVAILABLE);
        try (HandDrivenHub hub =
                HandDrivenHub.inMemory(builder -> builder.skill(mail).retry(RetryPolicy.immediate(3)))) {
            assertThat(hub.run(Task.of("mail").id("a").build()).succeeded()).isTrue();
            assertThat(hub.run(Task.of("mail").id("b").build()).succeeded()).isTrue();

            assertThat(mail.calls("a")).isEqualTo(3);
            assertThat(mail.calls("b")).isEqualTo(3);
            assertThat(mail.calls("c")).isZero();
        }
    }

    @Test
    void saysWhichFailureItIs() {
        FailingSkill skill = FailingSkill.times(3).because(Reason.REFUSED);
        try (HandDrivenHub hub = HandDrivenHub.inMemory(skill)) {
            Completion completion = hub.run(Task.of("failing").build());

            assertThat(completion.status()).isEqualTo(TaskStatus.DEAD);
            assertThat(trouble(completion)).isEqualTo(Execution.Trouble.of(Reason.REFUSED, "failure 1 of 3"));
        }
    }

    @Test
    void throwsWhatItIsToldTo() {
        FailingSkill throwing = FailingSkill.times(1).named("a").throwing(() -> new IOException("connection reset"));
        FailingSkill worse = FailingSkill.times(1).named("b").throwing(() -> new AssertionError("worse"));
        try (HandDrivenHub hub = HandDrivenHub.inMemory(
                builder -> builder.skill(throwing).skill(worse).retry(RetryPolicy.never()))) {
            assertThat(trouble(hub.run(Task.of("a").build())).exception()).hasValue(IOException.class.getName());
            assertThat(trouble(hub.run(Task.of("b").build())).exception()).hasValue(AssertionError.class.getName());
        }
    }

    @Test
    void refusesToFailLessThanNever() {
        assertThatThrownBy(() -> FailingSkill.times(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a skill that fails -1 times; make it 0 or more");
    }

    private static Execution.Trouble trouble(Completion completion) {
        return completion.execution().orElseThrow().trouble().orElseThrow();
    }
}
