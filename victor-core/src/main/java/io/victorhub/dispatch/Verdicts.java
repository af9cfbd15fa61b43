package io.victorhub.dispatch;

import io.victorhub.spi.Artifact;
import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Execution.Trouble;
import io.victorhub.spi.InvalidInputException;
import io.victorhub.spi.NotJsonException;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.StoreCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what a skill returned or threw, and who stopped it, into an execution. */
final class Verdicts {

    private static final int LONGEST_MESSAGE = 2000;

    /** What only the hub can know of an attempt; from a skill it would dodge retries, limits and rates. */
    private static final Set<Reason> OF_THE_HUB =
            EnumSet.of(Reason.CANCELLED, Reason.EXPIRED, Reason.HUB_CLOSING, Reason.LOST);

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
        try {
            ended = judge(attempt, result, thrown, stopped, why);
        } catch (Throwable t) { // whatever the skill gave, its attempt ends
            VirtualMachineError fatal = t instanceof VirtualMachineError error ? error : null;
            String message =
                    "what came of it could not be kept: " + t.getClass().getName();
            ended = failed(attempt, Trouble.of(Reason.RESOURCE, message), fatal);
        }
        Path workspace = attempt.means().context().madeWorkspace();
        if (workspace != null) {
            workspaces.leave(workspace);
        }
        return ended;
    }

    private Ended judge(
            Attempt attempt,
            @Nullable Result result,
            @Nullable Throwable thrown,
            @Nullable Reason stopped,
            String why) {
        if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
            return failed(attempt, trouble(Reason.RESOURCE, attempt, thrown), error);
        } else if (result instanceof Result.Failure failure && stopped == null) {
            return failed(attempt, failure);
        } else if (result != null && !(result instanceof Result.Failure)) {
            return done(attempt, result);
        } else if (stopped != null) {
            return failed(attempt, Trouble.of(stopped, why), null);
        } else if (thrown != null) {
            return failed(attempt, trouble(reason(thrown), attempt, thrown), null);
        }
        return failed(
                attempt,
                Trouble.of(Reason.INVALID_RESULT, "the skill returned null; return a Result.Failure instead"),
                null);
    }

    private static Reason reason(Throwable thrown) {
        if (thrown instanceof InvalidInputException) {
            return Reason.INVALID_INPUT;
        } else if (thrown instanceof WorkspaceException) {
            return Reason.RESOURCE;
        }
        return thrown instanceof NotJsonException ? Reason.INVALID_RESULT : Reason.SKILL_ERROR;
    }

    private Ended done(Attempt attempt, Result result) {
        try {
            List<Artifact> named = result.details().artifacts();
            ArtifactShelf.@Nullable Checked checked = named.isEmpty()
                    ? null
                    : workspaces.artifacts().check(attempt.means().context().madeWorkspace(), named);
            Execution execution = execution(attempt, result, checked == null ? List.of() : checked.artifacts());
            if (isTooLarge(execution)) {
                throw new IllegalArgumentException("the result has " + codec.encode(execution).length
                        + " bytes, more than " + maxBytes
                        + "; write what is large into the workspace and name it as an artifact");
            }
            if (checked != null) {
                workspaces.artifacts().keep(checked); // the last thing that can fail
            }
            return new Ended(execution, attempt.means().context().followUps(), Optional.empty(), null);
        } catch (ShelfException e) {
            return failed(attempt, Trouble.of(Reason.RESOURCE, Texts.of(e::getMessage, LONGEST_MESSAGE)), null);
        } catch (RuntimeException e) {
            return failed(attempt, Trouble.of(Reason.INVALID_RESULT, Texts.of(e::getMessage, LONGEST_MESSAGE)), null);
        }
    }

    private static Execution execution(Attempt attempt, Result result, List<Artifact> artifacts) {
        Details said = result.details();
        Details details = said.artifacts().isEmpty()
                ? said
                : new Details(said.cost(), said.quality(), said.metadata(), artifacts);
        Execution.Builder execution = attempt.execution().details(details);
        if (result instanceof Result.Partial partial) {
            return execution
                    .status(Status.PARTIAL)
                    .output(partial.output())
                    .missing(kept(attempt, partial.missing()))
                    .build();
        }
        return execution
                .status(Status.SUCCESS)
                .output(((Result.Success) result).output())
                .build();
    }

    private Ended failed(Attempt attempt, Result.Failure failure) {
        Details said = failure.details();
        boolean mayNot = OF_THE_HUB.contains(failure.reason());
        Reason reason = mayNot ? Reason.SKILL_ERROR : failure.reason();
        String message = mayNot
                ? "the skill says " + failure.reason() + ", which only the hub can know: " + failure.message()
                : failure.message();
        Execution execution = attempt.execution()
                .status(Status.FAILED)
                .details(new Details(said.cost(), said.quality(), said.metadata(), List.of()))
                .trouble(Trouble.of(reason, kept(attempt, message)))
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

    private static String kept(Attempt attempt, String text) {
        return Texts.kept(redacted(attempt, text), LONGEST_MESSAGE);
    }

    private static String redacted(Attempt attempt, String text) {
        return attempt.means().settings().sensitive().redact(attempt.lease().task(), text);
    }

    /** What is too large to keep loses its metadata, not its message. */
    private Execution fitting(Execution execution) {
        return isTooLarge(execution)
                ? execution.toBuilder().details(Details.NONE).build()
                : execution;
    }

    /** The store encodes it once more, so that is done here only where it may be too large. */
    private boolean isTooLarge(Execution execution) {
        return SizeBound.of(execution) > maxBytes && codec.encode(execution).length > maxBytes;
    }

    private static Trouble trouble(Reason reason, Attempt attempt, Throwable thrown) {
        String message = redacted(attempt, Texts.of(thrown::getMessage, LONGEST_MESSAGE));
        return new Trouble(
                reason,
                message.isEmpty() ? thrown.getClass().getName() : message,
                Optional.of(thrown.getClass().getName()),
                Optional.of(Texts.of(() -> frame(attempt, thrown), LONGEST_MESSAGE))
                        .filter(frame -> !frame.isEmpty()));
    }

    /** The topmost frame of the skill's own package, else of anything that is not the JDK's. */
    private static @Nullable String frame(Attempt attempt, Throwable thrown) {
        String inSkill = attempt.means().call().skill().getClass().getPackageName() + ".";
        StackTraceElement[] frames = Texts.frames(thrown);
        @Nullable StackTraceElement found = null;
        for (StackTraceElement frame : frames) {
            String owner = frame.getClassName();
            if (owner.startsWith(inSkill)) {
                return frame.toString();
            }
            boolean jdk = owner.startsWith("java.") || owner.startsWith("jdk.") || owner.startsWith("sun.");
            if (found == null && !jdk) {
                found = frame;
            }
        }
        return found == null ? null : found.toString();
    }
}
