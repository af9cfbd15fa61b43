package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A builder made from a value builds an equal one, and another one does not change the first. */
class BuilderProperties {

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aTaskComesBackFromItsBuilder(@ForAll("tasks") Task task) {
        Task.Builder builder = task.toBuilder();

        assertThat(builder.build()).isEqualTo(task).hasSameHashCodeAs(task);
        assertThat(builder.input("added", 1).build()).isNotEqualTo(task);
        assertThat(task.inputs()).doesNotContainKey("added");
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aSubmissionComesBackFromItsBuilder(@ForAll("submissions") Submission submission) {
        assertThat(submission.toBuilder().build()).isEqualTo(submission).hasSameHashCodeAs(submission);
        assertThat(submission.toBuilder().held(!submission.held()).build()).isNotEqualTo(submission);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void anExecutionComesBackFromItsBuilder(@ForAll("executions") Execution execution) {
        assertThat(execution.toBuilder().build()).isEqualTo(execution).hasSameHashCodeAs(execution);
        assertThat(execution.toBuilder().round(execution.round() + 1).build()).isNotEqualTo(execution);
    }

    @Provide
    static Arbitrary<Task> tasks() {
        return Combinators.combine(
                        ids(),
                        Arbitraries.strings().alpha().ofMaxLength(20),
                        JsonValuesProperties.values().map(value -> Map.of("value", value)),
                        Arbitraries.integers().between(0, 10),
                        instants().injectNull(.3))
                .as((id, description, values, priority, deadline) -> Task.of("t")
                        .id(id)
                        .description(description)
                        .inputs(values)
                        .priority(priority)
                        .deadline(deadline)
                        .context(values)
                        .build());
    }

    @Provide
    static Arbitrary<Submission> submissions() {
        Arbitrary<Submission.Builder> empty = tasks().map(Submission::builder);
        return Combinators.combine(
                        empty,
                        ids().injectNull(.3),
                        instants().injectNull(.3),
                        Arbitraries.doubles().between(0, 1e9).injectNull(.3),
                        Arbitraries.integers().between(1, 100).injectNull(.3),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((builder, key, notBefore, cost, attempts, held, noExplore) -> {
                    if (key != null) {
                        builder.uniqueKey(key)
                                .lane(key + "l")
                                .parent(key + "p")
                                .batch(key + "b")
                                .skill("s")
                                .mdc(Map.of(key, key));
                    }
                    if (notBefore != null) {
                        builder.notBefore(notBefore).timeLimit(Duration.ofNanos(1));
                    }
                    if (cost != null) {
                        builder.maxCost(cost);
                    }
                    if (attempts != null) {
                        builder.maxAttempts(attempts);
                    }
                    return builder.held(held).noExplore(noExplore).build();
                });
    }

    @Provide
    static Arbitrary<Execution> executions() {
        return Combinators.combine(
                        ids(),
                        instants(),
                        Arbitraries.longs().between(0, Long.MAX_VALUE).map(Duration::ofNanos),
                        JsonValuesProperties.values(),
                        Arbitraries.of(Execution.Status.class),
                        Arbitraries.of(Result.Reason.class).injectNull(.3),
                        Arbitraries.integers().between(1, 1000))
                .as((id, at, time, output, status, reason, count) -> Execution.of(id, "t")
                        .startedAt(at)
                        .duration(time)
                        .queueWait(time)
                        .output(output)
                        .status(status)
                        .trouble(reason == null ? null : Execution.Trouble.of(reason, id))
                        .retryAt(reason == null ? null : at)
                        .skill(reason == null ? null : new SkillRef("s", id))
                        .attempt(count)
                        .round(count)
                        .priority(count % 11)
                        .lines(List.of(id))
                        .missing(id)
                        .node(id)
                        .details(Details.builder()
                                .cost(count)
                                .metadata("m", output)
                                .build())
                        .build());
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-_:/@")
                .ofMinLength(1)
                .ofMaxLength(30);
    }

    private static Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())
                .map(Instant::ofEpochSecond);
    }
}
