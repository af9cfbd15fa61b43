package io.victorhub.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Artifact;
import io.victorhub.spi.Choice;
import io.victorhub.spi.Closed;
import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Imported;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Rating;
import io.victorhub.spi.Result;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.UniquePolicy;
import io.victorhub.spi.store.StorageException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the codec wrote it reads back as it was, in whatever store it lay meanwhile. */
class EntryCodecProperties {

    private final EntryCodec codec = new EntryCodec();

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aSubmissionComesBackAsItWas(@ForAll("submissions") Submission submission) {
        byte[] json = codec.encode(submission);

        assertThat(codec.submission(json)).isEqualTo(submission);
        assertThat(json).doesNotContain('\n');
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void anExecutionComesBackAsItWas(@ForAll("executions") Execution execution) {
        byte[] json = codec.encode(execution);

        assertThat(codec.entry(json)).isEqualTo(execution);
        assertThat(json).doesNotContain('\n');
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void anyOtherEntryComesBackAsItWas(@ForAll("others") LogEntry entry) {
        byte[] json = codec.encode(entry);

        assertThat(codec.entry(json)).isEqualTo(entry);
        assertThat(json).doesNotContain('\n');
    }

    @Property(tries = 200)
    void whatIsDamagedIsReadOrRefusedAndNothingElse(
            @ForAll("others") LogEntry entry, @ForAll int at, @ForAll byte instead) {
        byte[] json = codec.encode(entry);
        json[Math.floorMod(at, json.length)] = instead;

        readOrRefuse(json);
    }

    @Property(tries = 500)
    void anyBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] json) {
        readOrRefuse(json);
    }

    private void readOrRefuse(byte[] json) {
        try {
            assertThat(codec.entry(json)).isNotNull();
        } catch (StorageException e) {
            assertThat(e).hasMessageStartingWith("a log entry cannot be read: ");
        }
    }

    @Provide
    Arbitrary<Submission> submissions() {
        Arbitrary<Task> tasks = Combinators.combine(
                        JsonArbitraries.ids(),
                        JsonArbitraries.names(),
                        JsonArbitraries.texts(),
                        JsonArbitraries.objects(),
                        Arbitraries.integers().between(0, 10),
                        JsonArbitraries.instants().injectNull(.3),
                        JsonArbitraries.objects())
                .as((id, type, description, inputs, priority, deadline, context) -> Task.of(type)
                        .id(id)
                        .description(description)
                        .inputs(inputs)
                        .priority(priority)
                        .deadline(deadline)
                        .context(context)
                        .build());
        return Combinators.combine(
                        tasks,
                        JsonArbitraries.ids().injectNull(.3).list().ofSize(4),
                        JsonArbitraries.instants().injectNull(.3),
                        JsonArbitraries.names().injectNull(.3),
                        Arbitraries.doubles().greaterOrEqual(0).injectNull(.3),
                        Arbitraries.integers().between(1, Integer.MAX_VALUE).injectNull(.3),
                        JsonArbitraries.durations()
                                .filter(time -> !time.isZero())
                                .injectNull(.3),
                        Arbitraries.maps(JsonArbitraries.texts(), JsonArbitraries.texts())
                                .ofMaxSize(2))
                .as((task, ids, notBefore, skill, cost, attempts, time, mdc) -> {
                    Submission.Builder builder = Submission.builder(task)
                            .held(mdc.isEmpty())
                            .noExplore(skill == null)
                            .mdc(mdc);
                    ifThere(ids.get(0), key -> builder.uniqueKey(key, UniquePolicy.values()[key.length() % 2]));
                    ifThere(ids.get(1), builder::lane);
                    ifThere(ids.get(2), builder::parent);
                    ifThere(ids.get(3), builder::batch);
                    ifThere(notBefore, builder::notBefore);
                    ifThere(skill, builder::skill);
                    ifThere(cost, builder::maxCost);
                    ifThere(attempts, builder::maxAttempts);
                    ifThere(time, builder::timeLimit);
                    return builder.build();
                });
    }

    @Provide
    Arbitrary<Execution> executions() {
        Arbitrary<Execution.Builder> begun = Combinators.combine(
                        JsonArbitraries.ids(),
                        JsonArbitraries.names(),
                        JsonArbitraries.instants(),
                        JsonArbitraries.durations(),
                        JsonArbitraries.durations(),
                        Arbitraries.integers().between(1, Integer.MAX_VALUE),
                        Arbitraries.integers().between(0, 10))
                .as((id, type, at, time, wait, count, priority) -> Execution.of(id, type)
                        .startedAt(at)
                        .duration(time)
                        .queueWait(wait)
                        .attempt(count)
                        .round(count)
                        .priority(priority));
        return Combinators.combine(
                        begun,
                        Arbitraries.of(Execution.Status.class),
                        JsonArbitraries.values().injectNull(.2),
                        details(),
                        trouble().injectNull(.5),
                        JsonArbitraries.texts().list().ofMaxSize(3),
                        choices().injectNull(.5),
                        JsonArbitraries.instants().injectNull(.5))
                .as((builder, status, output, details, trouble, texts, choice, retryAt) -> builder.status(status)
                        .output(output)
                        .details(details)
                        .trouble(trouble)
                        .missing(texts.isEmpty() ? "" : texts.get(0))
                        .node(texts.isEmpty() ? "" : texts.get(0))
                        .lines(texts)
                        .skill(choice == null ? null : new SkillRef("s", "1.0"))
                        .choice(choice)
                        .retryAt(retryAt)
                        .build());
    }

    @Provide
    Arbitrary<LogEntry> others() {
        Arbitrary<LogEntry> closed = Combinators.combine(
                        JsonArbitraries.ids(),
                        JsonArbitraries.names(),
                        Arbitraries.of(Result.Reason.class),
                        JsonArbitraries.texts(),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        Arbitraries.integers().between(1, Integer.MAX_VALUE),
                        JsonArbitraries.instants())
                .as(Closed::new);
        Arbitrary<LogEntry> rating = Combinators.combine(
                        JsonArbitraries.ids(),
                        Arbitraries.doubles().between(0, 1),
                        JsonArbitraries.texts(),
                        JsonArbitraries.instants())
                .as(Rating::new);
        Arbitrary<LogEntry> imported = Combinators.combine(
                        JsonArbitraries.ids(),
                        Arbitraries.of(Execution.Status.class),
                        JsonArbitraries.durations(),
                        JsonArbitraries.names().optional(),
                        JsonArbitraries.names().optional(),
                        JsonArbitraries.instants())
                .as(Imported::new);
        return Arbitraries.oneOf(closed, rating, imported);
    }

    private static Arbitrary<Details> details() {
        Arbitrary<Artifact> artifacts = Combinators.combine(
                        JsonArbitraries.names(), Arbitraries.longs().greaterOrEqual(0))
                .as((path, size) -> new Artifact("out/" + path, "text/plain", size, "sha256:" + "0a".repeat(32)));
        return Combinators.combine(
                        Arbitraries.doubles().greaterOrEqual(0),
                        Arbitraries.doubles().between(0, 1).injectNull(.3),
                        JsonArbitraries.objects(),
                        artifacts.list().ofMaxSize(2))
                .as((cost, quality, metadata, files) -> new Details(
                        cost, quality == null ? OptionalDouble.empty() : OptionalDouble.of(quality), metadata, files));
    }

    private static Arbitrary<Execution.Trouble> trouble() {
        return Combinators.combine(
                        Arbitraries.of(Result.Reason.class),
                        JsonArbitraries.texts(),
                        JsonArbitraries.texts().optional(),
                        JsonArbitraries.texts().optional())
                .as(Execution.Trouble::new);
    }

    private static Arbitrary<Choice> choices() {
        return Combinators.combine(
                        JsonArbitraries.objects(),
                        Arbitraries.longs(),
                        JsonArbitraries.texts(),
                        Arbitraries.doubles().between(0, 1).injectNull(.3))
                .as((features, seed, text, propensity) -> new Choice(
                        List.of(new SkillRef("s", text.isEmpty() ? "1" : "2")),
                        features,
                        seed,
                        text,
                        text,
                        propensity == null ? OptionalDouble.empty() : OptionalDouble.of(propensity),
                        text));
    }

    private static <T> void ifThere(T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
