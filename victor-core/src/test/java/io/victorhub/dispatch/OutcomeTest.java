package io.victorhub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Execution.Trouble;
import io.victorhub.spi.InvalidInputException;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Task;
import io.victorhub.testing.RecordingSkill;
import io.victorhub.testing.SettableClock;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a skill returns or throws, and what is made of it. */
class OutcomeTest {

    @TempDir
    Path home;

    DispatchBench bench;

    @BeforeEach
    void makeBench() {
        bench = new DispatchBench(home);
    }

    @Test
    void aSuccessIsKeptWithAllThereIsToSay() {
        bench.with(RecordingSkill.named("s", "t").doing((task, context) -> {
            bench.clock.advance(Duration.ofSeconds(2));
            return Result.success(
                    Map.of("n", 1),
                    Details.builder().cost(2).quality(.7).metadata("model", "m").build());
        }));
        Attempt attempt = bench.attempt(Task.of("t").id("t-1").priority(7).build());
        bench.clock.advance(Duration.ofSeconds(1));

        Ended ended = attempt.run().orElseThrow();

        Execution execution = ended.execution();
        assertThat(execution.taskId()).isEqualTo("t-1");
        assertThat(execution.type()).isEqualTo("t");
        assertThat(execution.priority()).isEqualTo(7);
        assertThat(execution.attempt()).isOne();
        assertThat(execution.round()).isOne();
        assertThat(execution.status()).isEqualTo(Status.SUCCESS);
        assertThat(execution.output()).isEqualTo(Map.of("n", 1L));
        assertThat(execution.details().cost()).isEqualTo(2);
        assertThat(execution.details().quality()).hasValue(.7);
        assertThat(execution.details().metadata()).containsEntry("model", "m");
        assertThat(execution.skill()).contains(new SkillRef("s", "1.0.0"));
        assertThat(execution.trouble()).isEmpty();
        assertThat(execution.startedAt()).isEqualTo(SettableClock.START.plusSeconds(1));
        assertThat(execution.node()).isEqualTo("node");
        assertThat(ended.fatal()).isNull();
        assertThat(ended.retryAfter()).isEmpty();
    }

    @Test
    void aPartialSuccessSaysWhatIsMissing() {
        Execution execution = bench.execution((task, context) -> Result.partial("half", "the other half"));

        assertThat(execution.status()).isEqualTo(Status.PARTIAL);
        assertThat(execution.output()).isEqualTo("half");
        assertThat(execution.missing()).isEqualTo("the other half");
        assertThat(execution.trouble()).isEmpty();
    }

    @Test
    void aFailureKeepsItsReasonItsCostAndWhenToTryAgain() {
        Ended ended = bench.run((task, context) -> new Result.Failure(
                Reason.RATE_LIMITED,
                "slow down",
                Optional.of(Duration.ofMinutes(2)),
                Details.builder().cost(3).metadata("status", 429).build()));

        assertThat(ended.execution().status()).isEqualTo(Status.FAILED);
        assertThat(ended.execution().trouble()).contains(Trouble.of(Reason.RATE_LIMITED, "slow down"));
        assertThat(ended.execution().details().cost()).isEqualTo(3);
        assertThat(ended.execution().details().metadata()).containsEntry("status", 429L);
        assertThat(ended.retryAfter()).contains(Duration.ofMinutes(2));
    }

    /** Otherwise a skill that says HUB_CLOSING would be called again at once, for ever. */
    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"CANCELLED", "EXPIRED", "HUB_CLOSING", "LOST"})
    void whatOnlyTheHubCanKnowIsAnErrorOfTheSkill(Reason reason) {
        Execution execution = bench.execution((task, context) -> Result.failure(reason, "trust me"));

        assertThat(execution.status()).isEqualTo(Status.FAILED);
        assertThat(execution.trouble())
                .contains(Trouble.of(
                        Reason.SKILL_ERROR, "the skill says " + reason + ", which only the hub can know: trust me"));
    }

    @Test
    void nullIsNoResult() {
        assertThat(bench.execution((task, context) -> null).trouble())
                .contains(
                        Trouble.of(Reason.INVALID_RESULT, "the skill returned null; return a Result.Failure instead"));
    }

    @Test
    void whatIsNotJsonIsNoResult() {
        Execution execution = bench.execution((task, context) -> Result.success(Map.of("path", Path.of("a"))));

        assertThat(execution.trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble.reason()).isEqualTo(Reason.INVALID_RESULT);
            assertThat(trouble.message()).contains("value.path is a ").contains("; JSON knows text");
            assertThat(trouble.exception()).contains("io.victorhub.spi.NotJsonException");
        });
    }

    @Test
    void aResultMustNotBeTooLarge() {
        Execution execution = bench.execution((task, context) -> Result.success("x".repeat(10_000)));

        assertThat(execution.status()).isEqualTo(Status.FAILED);
        assertThat(execution.output()).isNull();
        assertThat(execution.trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble.reason()).isEqualTo(Reason.INVALID_RESULT);
            assertThat(trouble.message())
                    .matches("the result has 10\\d\\d\\d bytes, more than 10000; write what is large into the workspace"
                            + " and name it as an artifact");
        });
    }

    @Test
    void aFailureThatIsTooLargeLosesItsMetadata() {
        Execution execution = bench.execution((task, context) -> new Result.Failure(
                Reason.UNAVAILABLE,
                "no server",
                Optional.empty(),
                Details.builder().metadata("page", "x".repeat(10_000)).build()));

        assertThat(execution.trouble()).contains(Trouble.of(Reason.UNAVAILABLE, "no server"));
        assertThat(execution.details()).isEqualTo(Details.NONE);
    }

    @Test
    void whatIsThrownIsKeptWithItsClassMessageAndPlace() {
        Execution execution = bench.execution((task, context) -> {
            throw new FileNotFoundException("notes.md");
        });

        assertThat(execution.trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble.reason()).isEqualTo(Reason.SKILL_ERROR);
            assertThat(trouble.message()).isEqualTo("notes.md");
            assertThat(trouble.exception()).contains("java.io.FileNotFoundException");
            assertThat(trouble.frame()) // the topmost one of the skill's own package
                    .hasValueSatisfying(frame -> assertThat(frame)
                            .matches(".*testing.RecordingSkill.execute\\(RecordingSkill.java:\\d+\\)"));
        });
    }

    @Test
    void anExceptionWithoutAMessageIsKeptByItsName() {
        assertThat(bench.execution((task, context) -> {
                            throw new IllegalStateException();
                        })
                        .trouble()
                        .map(Trouble::message))
                .contains("java.lang.IllegalStateException");
    }

    @Test
    void invalidInputIsNoErrorOfTheSkill() {
        assertThat(bench.execution((task, context) -> {
                            throw new InvalidInputException("input 'n' is missing; it must be a number");
                        })
                        .trouble())
                .hasValueSatisfying(trouble -> {
                    assertThat(trouble.reason()).isEqualTo(Reason.INVALID_INPUT);
                    assertThat(trouble.message()).isEqualTo("input 'n' is missing; it must be a number");
                });
    }

    @Test
    void anErrorOfTheSkillIsOne() {
        assertThat(bench.execution((task, context) -> {
                            throw new NoClassDefFoundError("gone");
                        })
                        .trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble.reason()).isEqualTo(Reason.SKILL_ERROR));
    }

    @Test
    void aStackThatOverflowsIsAnErrorOfTheSkill() {
        Ended ended = bench.run((task, context) -> Result.success(deeper(1)));

        assertThat(ended.execution().trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble.reason()).isEqualTo(Reason.SKILL_ERROR);
            assertThat(trouble.exception()).contains("java.lang.StackOverflowError");
        });
        assertThat(ended.fatal()).isNull();
    }

    @Test
    void aMachineErrorIsToldToTheHost() {
        OutOfMemoryError error = new OutOfMemoryError("for a test");

        Ended ended = bench.run((task, context) -> {
            throw error;
        });

        assertThat(ended.execution().trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble.reason()).isEqualTo(Reason.RESOURCE);
            assertThat(trouble.message()).isEqualTo("for a test");
        });
        assertThat(ended.fatal()).isSameAs(error);
    }

    @Test
    void anExceptionWhoseMessageThrowsIsKeptWithoutIt() {
        assertThat(bench.execution((task, context) -> {
                            throw new Hostile();
                        })
                        .trouble())
                .hasValueSatisfying(trouble -> {
                    assertThat(trouble.reason()).isEqualTo(Reason.SKILL_ERROR);
                    assertThat(trouble.message()).isEqualTo("(it could not be read: java.lang.IllegalStateException)");
                    assertThat(trouble.exception()).contains(Hostile.class.getName());
                });
    }

    @Test
    void anExceptionThatBringsTheMachineIntoTroubleEndsItsAttemptAllTheSame() {
        OutOfMemoryError error = new OutOfMemoryError("for a test");

        Ended ended = bench.run((task, context) -> {
            throw new IllegalStateException() {
                @Override
                public String getMessage() {
                    throw error;
                }
            };
        });

        assertThat(ended.execution().trouble())
                .contains(Trouble.of(Reason.RESOURCE, "what came of it could not be kept: java.lang.OutOfMemoryError"));
        assertThat(ended.fatal()).isSameAs(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"half \uD83D of a pair", "a line\nand a \u0000"})
    void messagesAreKeptAsFarAsTheyCanBeWritten(String message) {
        Execution execution = bench.execution((task, context) -> Result.failure(Reason.UNAVAILABLE, message));

        assertThat(execution.trouble().map(Trouble::message)).contains(message.replace('\uD83D', '\uFFFD'));
        assertThat(io.victorhub.store.Stores.codec().encode(execution)).isNotEmpty();
    }

    @Test
    void messagesAreCut() {
        Execution execution = bench.execution((task, context) -> {
            throw new IllegalStateException("x".repeat(100_000));
        });

        assertThat(execution.trouble().map(Trouble::message)).contains("x".repeat(2000) + "…");
    }

    private static int deeper(int n) {
        return deeper(n + 1) + 1;
    }

    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException();
        }
    }
}
