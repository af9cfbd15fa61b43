package io.victorhub.dispatch;

import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Execution.Trouble;
import io.victorhub.spi.InvalidInputException;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.StoreCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what a skill returned or threw, and who stopped it, into an execution. */
final class Verdicts {

    private static final int LONGEST_MESSAGE = 2000;

    private final Workspaces workspaces;
    private final StoreCodec codec;
    private final int maxBytes;

    Verdicts(Workspaces workspaces, StoreCodec codec, int maxBytes) {
        this.workspaces = workspaces;
        this.codec = codec;
        this.maxBytes = maxBytes;
    }

    /**
     * {@return what came of an attempt}
     *
     * @param result what the skill returned, if it did
     * @param thrown what it threw, if it did
     * @param stopped why somebody asked it to end, if somebody did
     * @param why the same in words
     */
    Ended of(
            Attempt attempt,
            @Nullable Result result,
            @Nullable Throwable thrown,
            @Nullable Reason stopped,
            String why) {
        Ended ended;
        if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
            ended = failed(attempt, trouble(Reason.RESOURCE, attempt, thrown), error);
        } else if (result instanceof Result.Failure failure && stopped == null) {
            ended = failed(attempt, failure);
        } else if (result != null && !(result instanceof Result.Failure)) {
            ended = done(attempt, result);
        } else if (stopped != null) {
            ended = failed(attempt, Trouble.of(stopped, why), null);
        } else if (thrown != null) {
            Reason reason = thrown instanceof InvalidInputException ? Reason.INVALID_INPUT : Reason.SKILL_ERROR;
            ended = failed(attempt, trouble(reason, attempt, thrown), null);
        } else {
            ended = failed(
                    attempt,
                    Trouble.of(Reason.INVALID_RESULT, "the skill returned null; return a Result.Failure instead"),
                    null);
        }
        tidy(attempt.means().workspace(), ended.execution().status() != Status.FAILED);
        return ended;
    }

    /** A failed attempt leaves nothing behind; a good one leaves what it wrote. */
    void tidy(Path workspace, boolean good) {
        if (good) {
            workspaces.removeIfEmpty(workspace);
        } else {
            workspaces.remove(workspace);
        }
    }

    private Ended done(Attempt attempt, Result result) {
        try {
            Execution execution = kept(attempt, result);
            int bytes = codec.encode(execution).length;
            if (bytes > maxBytes) {
                throw new IllegalArgumentException("the result has " + bytes + " bytes, more than " + maxBytes
                        + "; write what is large into the workspace and name it as an artifact");
            }
            return new Ended(execution, attempt.means().context().followUps(), Optional.empty(), null);
        } catch (RuntimeException e) {
            return failed(attempt, Trouble.of(Reason.INVALID_RESULT, String.valueOf(e.getMessage())), null);
        }
    }

    private Execution kept(Attempt attempt, Result result) {
        Details said = result.details();
        Details details = new Details(
                said.cost(),
                said.quality(),
                said.metadata(),
                workspaces.keep(attempt.means().workspace(), said.artifacts()));
        Execution.Builder execution = attempt.execution().details(details);
        if (result instanceof Result.Partial partial) {
            return execution
                    .status(Status.PARTIAL)
                    .output(partial.output())
                    .missing(Texts.kept(partial.missing(), LONGEST_MESSAGE))
                    .build();
        }
        return execution
                .status(Status.SUCCESS)
                .output(((Result.Success) result).output())
                .build();
    }

    private Ended failed(Attempt attempt, Result.Failure failure) {
        Details said = failure.details();
        Execution execution = attempt.execution()
                .status(Status.FAILED)
                .details(new Details(said.cost(), said.quality(), said.metadata(), List.of()))
                .trouble(Trouble.of(failure.reason(), Texts.kept(failure.message(), LONGEST_MESSAGE)))
                .build();
        return new Ended(fitting(execution), List.of(), failure.retryAfter(), null);
    }

    private static Ended failed(Attempt attempt, Trouble trouble, @Nullable VirtualMachineError fatal) {
        Status status = trouble.reason() == Reason.CANCELLED
                ? Status.CANCELLED
                : trouble.reason() == Reason.EXPIRED ? Status.EXPIRED : Status.FAILED;
        Execution execution =
                attempt.execution().status(status).trouble(trouble).build();
        return new Ended(execution, List.of(), Optional.<Duration>empty(), fatal);
    }

    /** What is too large to keep loses its metadata, not its message. */
    private Execution fitting(Execution execution) {
        return codec.encode(execution).length <= maxBytes
                ? execution
                : execution.toBuilder().details(Details.NONE).build();
    }

    private static Trouble trouble(Reason reason, Attempt attempt, Throwable thrown) {
        String message = Texts.of(thrown::getMessage, LONGEST_MESSAGE);
        return new Trouble(
                reason,
                message.isEmpty() ? thrown.getClass().getName() : message,
                Optional.of(thrown.getClass().getName()),
                frame(attempt, thrown));
    }

    /** The topmost frame of the skill's own package, else of anything that is not the JDK's. */
    private static Optional<String> frame(Attempt attempt, Throwable thrown) {
        String inSkill = attempt.means().call().skill().getClass().getPackageName() + ".";
        StackTraceElement[] frames = Texts.frames(thrown);
        @Nullable StackTraceElement found = null;
        for (StackTraceElement frame : frames) {
            String owner = frame.getClassName();
            if (owner.startsWith(inSkill)) {
                return Optional.of(Texts.kept(frame.toString(), LONGEST_MESSAGE));
            }
            boolean jdk = owner.startsWith("java.") || owner.startsWith("jdk.") || owner.startsWith("sun.");
            if (found == null && !jdk) {
                found = frame;
            }
        }
        return Optional.ofNullable(found).map(frame -> Texts.kept(frame.toString(), LONGEST_MESSAGE));
    }
}
