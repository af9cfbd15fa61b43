package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Ended;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Status;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Settlement;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a task after an attempt. */
final class Dispositions {

    private static final Logger log = LoggerFactory.getLogger(Dispositions.class);

    private final LoopSettings settings;

    Dispositions(LoopSettings settings) {
        this.settings = settings;
    }

    int maxAttempts(Lease lease) {
        return lease.submission().maxAttempts().orElse(settings.retry().maxAttempts());
    }

    Settlement after(Lease lease, Ended ended) {
        Execution execution = ended.execution();
        Status status = execution.status();
        if (status == Status.SUCCESS || status == Status.PARTIAL) {
            return new Settlement(lease, Disposition.done(), Optional.of(execution), ended.followUps());
        } else if (status == Status.CANCELLED) {
            return Settlement.of(lease, Disposition.cancelled(), execution);
        } else if (status == Status.EXPIRED) {
            return Settlement.of(lease, Disposition.expired(), execution);
        }
        return afterFailure(lease, ended);
    }

    /**
     * {@return back to the queue for so long, as if it had not been leased} Where nobody can say what time it is, back at
     * once: a task must not stay with nobody.
     */
    Settlement back(Lease lease, Duration wait) {
        Instant until = lease.readyAt();
        try {
            until = plus(settings.clock().instant(), wait);
        } catch (RuntimeException | Error e) {
            log.error("the clock threw; task {} goes back to the queue at once", lease.taskId(), e);
        }
        return Settlement.silent(lease, Disposition.released(until));
    }

    /** {@return the end of a task for which nobody was called} */
    Ended without(Lease lease, Reason reason, String message) {
        return new Ended(failed(lease, reason, message).build(), List.of(), Optional.empty(), null);
    }

    /** {@return the end of an attempt of which the hub itself could not tell the end} */
    Ended broken(Lease lease, SkillRef skill, Throwable thrown) {
        Execution execution = failed(
                        lease,
                        Reason.RESOURCE,
                        "the hub could not tell the end of this attempt: "
                                + thrown.getClass().getName())
                .skill(skill)
                .build();
        return new Ended(
                execution, List.of(), Optional.empty(), thrown instanceof VirtualMachineError error ? error : null);
    }

    private Execution.Builder failed(Lease lease, Reason reason, String message) {
        Instant now = settings.clock().instant();
        Duration waited = Duration.between(lease.readyAt(), now);
        return Execution.of(lease.taskId(), lease.task().type())
                .priority(lease.task().priority())
                .attempt(lease.attempt())
                .round(lease.round())
                .status(Status.FAILED)
                .trouble(Execution.Trouble.of(reason, message))
                .startedAt(now)
                .queueWait(waited.isNegative() ? Duration.ZERO : waited)
                .node(settings.node());
    }

    private Settlement afterFailure(Lease lease, Ended ended) {
        Execution execution = ended.execution();
        Reason reason = execution.trouble().map(Execution.Trouble::reason).orElse(Reason.SKILL_ERROR);
        Instant now = settings.clock().instant();
        if (reason == Reason.HUB_CLOSING) {
            return Settlement.of(
                    lease,
                    Disposition.released(now),
                    execution.toBuilder().retryAt(now).build());
        }
        if (!reason.worthRetrying() || lease.attempt() >= maxAttempts(lease)) {
            return new Settlement(lease, Disposition.dead(), Optional.of(execution), List.of());
        }
        Duration wait =
                settings.retry().waitAfter(lease.attempt(), ended.retryAfter().orElse(Duration.ZERO), seed(lease));
        Instant at = plus(now, wait);
        return Settlement.of(
                lease, Disposition.retry(at), execution.toBuilder().retryAt(at).build());
    }

    private long seed(Lease lease) {
        return settings.seed()
                ^ (lease.taskId().hashCode() * 0x9E3779B97F4A7C15L + lease.round() * 31L + lease.attempt());
    }

    private static Instant plus(Instant now, Duration wait) {
        try {
            return now.plus(wait);
        } catch (DateTimeException | ArithmeticException e) {
            return Instant.MAX;
        }
    }
}
