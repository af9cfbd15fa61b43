package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.argThat;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.victorhub.routing.Selection;
import io.victorhub.routing.SelectionPolicy;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Submitted;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.InOrder;

/** What a host supplies, and the hub itself, as doubles. */
@Timeout(60)
class HubDoublesTest {

    @Test
    void tellsAListenerOfTheLifeOfATaskInOrder() {
        HubListener listener = mock(HubListener.class);
        try (Hub hub = inMemory("echo").listener(listener).build()) {
            hub.enableAutonomousMode();
            hub.submit(Task.of("work").id("t-1").build());

            verify(listener, timeout(30_000)).taskSettled(argThat(Completion::succeeded));
            verify(listener, timeout(30_000)).attemptEnded(any());
        }

        InOrder order = inOrder(listener);
        order.verify(listener).skillsChanged();
        order.verify(listener).statusChanged(HubStatus.IDLE, HubStatus.ACTIVE);
        order.verify(listener).attemptStarted(argThat(task -> task.taskId().equals("t-1")));
        order.verify(listener)
                .attemptEnded(argThat(execution -> execution.taskId().equals("t-1")));
        order.verify(listener).statusChanged(HubStatus.ACTIVE, HubStatus.STOPPING);
    }

    @Test
    void asksTheAuthorizerBeforeEachSubmission() {
        Authorizer authorizer = mock(Authorizer.class);
        when(authorizer.refusal(any(), any())).thenReturn(Optional.empty());
        try (Hub hub = inMemory("echo").authorizer(authorizer).build()) {
            Submission submission = Submission.of(Task.of("work").id("t-1").build());

            hub.submit(submission);

            verify(authorizer).refusal(submission, Authorizer.Source.HOST);
            verifyNoMoreInteractions(authorizer);
        }
    }

    @Test
    void letsThePolicyChooseAmongSeveralSkillsAndLearnFromTheLog() {
        SelectionPolicy policy = mock(SelectionPolicy.class);
        SkillRef second = new SkillRef("second", "1.0.0");
        when(policy.name()).thenReturn("always-second@1");
        when(policy.choose(any(), anyList(), anyLong()))
                .thenReturn(new Selection(second, OptionalDouble.of(1), "", "it is the second"));
        try (Hub hub = inMemory("first", "second").selectionPolicy(policy).build()) {

            hub.execute(Task.of("work").id("t-1").build());
            hub.insights();

            verify(policy).choose(any(), argThat(candidates -> candidates.size() == 2), anyLong());
            verify(policy)
                    .learn(
                            any(),
                            argThat(entry -> entry instanceof Execution execution
                                    && execution.skill().equals(Optional.of(second))
                                    && execution.choice().orElseThrow().policy().equals("always-second@1")));
        }
    }

    @Test
    void goesOnWithTheFirstSkillWhereThePolicyThrows() {
        SelectionPolicy policy = mock(SelectionPolicy.class);
        when(policy.name()).thenReturn("broken@1");
        when(policy.choose(any(), anyList(), anyLong())).thenThrow(new IllegalStateException("broken"));
        doThrow(new IllegalStateException("broken")).when(policy).learn(any(), any());
        try (Hub hub = inMemory("first", "second").selectionPolicy(policy).build()) {

            Result result = hub.execute(Task.of("work").build());

            assertThat(result).isEqualTo(Result.success("first"));
            assertThat(hub.reviewer().statistics().totals().attempts()).isEqualTo(1);
            verify(policy, atLeastOnce()).learn(any(), any());
        }
    }

    @Test
    void canBeDoubledItself() {
        Hub hub = mock(Hub.class);
        TaskHandle handle = mock(TaskHandle.class);
        when(handle.submitted()).thenReturn(new Submitted.Accepted("t-1"));
        when(hub.submit(any(Task.class))).thenReturn(handle);
        when(hub.status()).thenReturn(HubStatus.ACTIVE);

        Submitted answer = new Newsletter(hub).order("Monday");

        assertThat(answer).isEqualTo(new Submitted.Accepted("t-1"));
        verify(hub).submit(argThat((Task task) -> task.description().equals("the letter of Monday")));
        verify(hub, atLeastOnce()).status();
    }

    /** A class of some host that uses a hub. */
    private record Newsletter(Hub hub) {
        Submitted order(String day) {
            if (hub.status() != HubStatus.ACTIVE) {
                throw new IllegalStateException("the hub does not work");
            }
            return hub.submit(Task.of("letter")
                            .description("the letter of " + day)
                            .build())
                    .submitted();
        }
    }

    private static HubBuilder inMemory(String... skills) {
        HubBuilder builder = Hub.inMemory().discoverSkills(false);
        for (String name : List.of(skills)) {
            builder.skill(new LambdaSkill(
                    SkillDescriptor.of(name).capability("work").build(),
                    (task, context) -> Result.success(name),
                    task -> true));
        }
        return builder;
    }
}
