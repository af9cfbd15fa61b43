package io.victorhub.dispatch;

import io.victorhub.spi.SensitiveKeys;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.StoreCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one attempt lends its skill, and what the skill leaves with it. */
final class AttemptContext implements SkillContext {

    private static final Logger log = LoggerFactory.getLogger(AttemptContext.class);
    private static final int MAX_LINES = 100;
    private static final int MAX_LINE_LENGTH = 1000;
    private static final int MAX_FOLLOW_UPS = 10_000;
    private static final long MOST_FOLLOW_UP_BYTES = 32L << 20; // they are kept with the result, as one record

    private final Lease lease;
    private final Instant plannedAt;
    private final Duration within;
    private final Workspaces workspaces;
    private final StoreCodec codec;
    private final InstantSource clock;
    private final int maxFollowUpBytes;
    private final SensitiveKeys sensitive;
    private final ProgressListener listener;
    private final ReentrantLock lock = new ReentrantLock(); // guards ended, and what was left
    private boolean ended;
    private volatile @Nullable Left left; // once the skill leaves something, as most do not
    private volatile boolean cancellationRequested;
    private volatile @Nullable Progress progress;

    /** What a skill left with its context; under the lock until the attempt has ended, and the same for good then. */
    private static final class Left {
        final List<String> lines = new ArrayList<>();
        final List<Submission> followUps = new ArrayList<>();
        int linesLeftOut;
        long followUpBytes;

        @Nullable Path workspace; // once the skill has asked for it
    }

    AttemptContext(
            Lease lease,
            Instant plannedAt,
            Duration within,
            Workspaces workspaces,
            StoreCodec codec,
            DispatchSettings settings,
            ProgressListener listener) {
        this.lease = lease;
        this.plannedAt = plannedAt;
        this.within = within;
        this.workspaces = workspaces;
        this.codec = codec;
        this.clock = settings.clock();
        this.maxFollowUpBytes = settings.maxSubmissionBytes();
        this.sensitive = settings.sensitive();
        this.listener = listener;
    }

    @Override
    public boolean isCancellationRequested() {
        return cancellationRequested;
    }

    @Override
    public Optional<Instant> deadline() {
        try {
            return Optional.of(plannedAt.plus(within));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.of(Instant.MAX);
        }
    }

    @Override
    public int attempt() {
        return lease.attempt();
    }

    @Override
    public String idempotencyKey() {
        return lease.taskId();
    }

    @Override
    public void progress(double fraction, String message) {
        Objects.requireNonNull(message, "message");
        requireRunning();
        double within = Double.isNaN(fraction) ? 0 : Math.max(0, Math.min(1, fraction));
        Progress latest = new Progress(lease.taskId(), lease.fence(), within, kept(message), clock.instant());
        progress = latest;
        try {
            listener.progressed(latest);
        } catch (RuntimeException e) {
            log.debug("a listener threw when told of the progress of task {}; the skill goes on", lease.taskId(), e);
        }
    }

    @Override
    public void log(String line) {
        Objects.requireNonNull(line, "line");
        lock.lock();
        try {
            requireRunning();
            Left left = left();
            if (left.lines.size() < MAX_LINES) {
                left.lines.add(kept(line));
            } else {
                left.linesLeftOut++;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Path workspace() {
        lock.lock();
        try {
            Path made = madeWorkspace();
            if (made == null) {
                requireRunning();
                made = workspaces.open(lease);
                left().workspace = made;
            }
            return made;
        } catch (IOException e) {
            throw new WorkspaceException(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String submit(Task followUp) {
        if (followUp.id().contains("/")) {
            throw new IllegalArgumentException("follow-up " + followUp.id()
                    + " has a '/' in its id, which is reserved for the hub; choose another");
        }
        Submission submission = Submission.builder(followUp)
                .parent(lease.taskId())
                .mdc(lease.submission().mdc())
                .build();
        int bytes = codec.encode(submission).length;
        if (bytes > maxFollowUpBytes) {
            throw new IllegalArgumentException("follow-up " + followUp.id() + " has " + bytes + " bytes, more than "
                    + maxFollowUpBytes + "; put what is large into a file and name the file");
        }
        lock.lock();
        try {
            requireRunning();
            Left left = left();
            if (left.followUps.size() == MAX_FOLLOW_UPS) {
                throw new IllegalStateException("task " + lease.taskId() + " submitted " + MAX_FOLLOW_UPS
                        + " follow-ups; let a follow-up submit the rest");
            }
            if (left.followUpBytes + bytes > MOST_FOLLOW_UP_BYTES) {
                throw new IllegalStateException("task " + lease.taskId() + " submitted follow-ups of more than "
                        + MOST_FOLLOW_UP_BYTES + " bytes; let a follow-up submit the rest");
            }
            left.followUpBytes += bytes;
            left.followUps.add(submission);
        } finally {
            lock.unlock();
        }
        return followUp.id();
    }

    void requestCancellation() {
        cancellationRequested = true;
    }

    Progress latestProgress() {
        Progress latest = progress;
        return latest == null ? new Progress(lease.taskId(), lease.fence(), 0, "", clock.instant()) : latest;
    }

    /** {@return the folder, if the skill has asked for it} */
    @Nullable Path madeWorkspace() {
        Left left = this.left;
        return left == null ? null : left.workspace;
    }

    /** No more is taken from the skill after this. */
    void end() {
        lock.lock();
        try {
            ended = true;
        } finally {
            lock.unlock();
        }
    }

    /** Once it has ended. */
    List<String> lines() {
        Left left = this.left;
        if (left == null) {
            return List.of();
        }
        List<String> all = new ArrayList<>(left.lines);
        if (left.linesLeftOut > 0) {
            all.add("(" + left.linesLeftOut + " more lines were left out)");
        }
        return all;
    }

    /** Once it has ended. */
    List<Submission> followUps() {
        Left left = this.left;
        return left == null ? List.of() : List.copyOf(left.followUps);
    }

    /** Under the lock. */
    private Left left() {
        Left known = left;
        if (known == null) {
            known = new Left();
            left = known;
        }
        return known;
    }

    private void requireRunning() {
        lock.lock();
        try {
            if (ended) {
                throw new IllegalStateException("attempt " + lease.attempt() + " at task " + lease.taskId()
                        + " has ended; do not use its context after execute returned");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Text that comes from a skill is whole, short enough to keep, and tells no secrets of its task. */
    private String kept(String text) {
        return Texts.kept(sensitive.redact(lease.task(), text), MAX_LINE_LENGTH);
    }
}
