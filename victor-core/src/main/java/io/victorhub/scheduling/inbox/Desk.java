package io.victorhub.scheduling.inbox;

import io.victorhub.json.JsonElements;
import io.victorhub.json.JsonException;
import io.victorhub.scheduling.InboxReport;
import io.victorhub.scheduling.file.QueueFolder;
import io.victorhub.scheduling.file.QueueLock;
import io.victorhub.scheduling.file.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Looks at the folder: finishes what was claimed, then claims the queue file if it is left alone and can be read, or was
 * unreadable twice. Remembers from look to look what the files looked like. By one thread at a time.
 */
final class Desk {

    private final InboxSettings settings;
    private final TaskFolder folder;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final TaskSink sink;
    private final Consumer<Step> steps;
    private final BooleanSupplier stopped;
    private final Troubles troubles = new Troubles();
    private final Map<Path, Calm> calms = new HashMap<>();

    Desk(
            InboxSettings settings,
            InstantSource clock,
            LongSupplier nanos,
            TaskSink sink,
            Consumer<Step> steps,
            BooleanSupplier stopped) {
        this.settings = settings;
        this.folder = new TaskFolder(settings.folder());
        this.clock = clock;
        this.nanos = nanos;
        this.sink = sink;
        this.steps = steps;
        this.stopped = stopped;
    }

    Troubles troubles() {
        return troubles;
    }

    /**
     * Looks once.
     *
     * @param hurried whether to read at once what would be left alone for a while
     * @param done gets what became of each file
     * @return whether something waits for a quiet time to pass
     */
    boolean look(boolean hurried, Consumer<InboxReport> done) {
        boolean waits = false;
        troubles.begin();
        try {
            folder.make();
            for (Path claimed : folder.claimed()) {
                waits |= attend(claimed, hurried, done);
            }
            waits |= attend(folder.queue(), hurried, done);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            troubles.tell("the inbox " + folder.path() + " cannot do its work", e);
        }
        troubles.end();
        return waits;
    }

    /** Takes entries out of all files, while no program that agrees with us changes them. */
    Erased erase(Set<String> ids) throws IOException {
        if (!Files.isDirectory(settings.folder())) {
            return new Erased(Map.of(), List.of());
        }
        Optional<QueueLock> lock = QueueLock.of(folder.queue(), QueueLock.PATIENCE);
        if (lock.isEmpty()) {
            throw new IOException(folder.queue() + " is held by another program");
        }
        try {
            return new EntryEraser(folder, ids).erase();
        } finally {
            lock.get().close();
        }
    }

    /** Trouble with one file must not keep the others waiting; trouble with the store concerns all, and passes. */
    private boolean attend(Path file, boolean hurried, Consumer<InboxReport> done) {
        if (stopped.getAsBoolean()) {
            return false;
        }
        try {
            return read(file, hurried, done);
        } catch (IOException e) {
            troubles.tell("the inbox cannot take " + file, e);
            return false;
        }
    }

    private boolean read(Path file, boolean hurried, Consumer<InboxReport> done) throws IOException {
        Optional<Stamp> found = Stamp.of(file);
        if (found.isEmpty()) {
            calms.remove(file);
            return false;
        }
        Stamp stamp = found.get();
        Calm calm = calms.computeIfAbsent(file, path -> new Calm());
        boolean isQueue = file.equals(folder.queue());
        boolean atOnce = hurried || !(isQueue || calm.failed());
        if (!calm.lasts(stamp, nanos.getAsLong(), atOnce ? 0 : settings.quiet().toNanos())) {
            return true;
        }
        Optional<String> flaw = flaw(file, stamp);
        if (flaw.isPresent() && hurried) {
            flaw = flaw(file, stamp);
        } else if (flaw.isPresent() && !calm.failedBefore(nanos.getAsLong())) {
            return true;
        }
        if (!sink.awaitRoom(!hurried)) {
            return false;
        }
        Path claimed = file;
        if (isQueue) {
            Optional<Path> claim = claim(stamp, hurried);
            if (claim.isEmpty()) {
                return true;
            }
            claimed = claim.get();
        }
        boolean waits = finish(claimed, flaw, hurried, done);
        if (!waits) {
            calms.remove(file);
        }
        return waits;
    }

    /** Why the file cannot be read at all. */
    private Optional<String> flaw(Path file, Stamp stamp) throws IOException {
        if (stamp.size() > settings.maxBytes()) {
            return Optional.of("it has " + stamp.size() + " bytes, more than " + settings.maxBytes()
                    + "; split it into smaller files");
        }
        try (InputStream in = Files.newInputStream(file)) {
            JsonElements.read(in, element -> true);
            return Optional.empty();
        } catch (JsonException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Gives the queue file a name of its own, for good, unless somebody writes it or wrote it meanwhile. */
    private Optional<Path> claim(Stamp stamp, boolean hurried) throws IOException {
        Optional<QueueLock> lock = QueueLock.of(folder.queue(), hurried ? QueueLock.PATIENCE : Duration.ZERO);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (!Optional.of(stamp).equals(Stamp.of(folder.queue()))) {
                return Optional.empty();
            }
            Path claimed = folder.nextClaim(clock.instant());
            QueueFolder.forceForeign(folder.queue());
            QueueFolder.move(folder.queue(), claimed);
            steps.accept(Step.CLAIMED);
            return Optional.of(claimed);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } finally {
            lock.get().close();
        }
    }

    private boolean finish(Path claimed, Optional<String> flaw, boolean hurried, Consumer<InboxReport> done)
            throws IOException {
        if (flaw.isPresent()) {
            done.accept(putAside(claimed, flaw.get()));
            return false;
        }
        try {
            new Import(claimed, folder, settings.zone(), all -> sink.submit(all, !hurried), clock, stopped, steps)
                    .run()
                    .ifPresent(done);
            return false;
        } catch (JsonException e) {
            // whoever had it open writes on after it was claimed
            calms.computeIfAbsent(claimed, path -> new Calm()).failedBefore(nanos.getAsLong());
            return true;
        }
    }

    private InboxReport putAside(Path claimed, String flaw) throws IOException {
        Path why = folder.rejected().resolve(TaskFolder.stem(claimed) + ".why.txt");
        Path kept = folder.rejected().resolve(TaskFolder.name(claimed));
        String text = TaskFolder.name(claimed) + " was put aside whole: " + flaw + "\nMend it and put it back as "
                + folder.queue() + "\n";
        QueueFolder.write(why, text.getBytes(StandardCharsets.UTF_8));
        steps.accept(Step.REJECTS_WRITTEN);
        QueueFolder.move(claimed, kept);
        steps.accept(Step.PUT_AWAY);
        return new InboxReport(kept, 0, 0, List.of(), 0, Optional.of(why), Optional.of(flaw), clock.instant());
    }
}
