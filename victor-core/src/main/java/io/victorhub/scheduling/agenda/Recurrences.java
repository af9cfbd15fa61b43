package io.victorhub.scheduling.agenda;

import io.victorhub.scheduling.Overlap;
import io.victorhub.scheduling.Recurring;
import io.victorhub.scheduling.RecurringStatus;
import io.victorhub.scheduling.RecurringTasks;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recurring tasks of a hub. A run is submitted first, under an id made of name and time, and then the next time is
 * kept: whatever happens in between, submitting it again is known, so no run is lost and none comes twice.
 */
public final class Recurrences implements RecurringTasks, Chore {

    private static final Logger log = LoggerFactory.getLogger(Recurrences.class);
    private static final int AT_ONCE = 1000;

    /** What a hub lends to its recurring tasks. It is told without locks, and asked under one. */
    public interface Owner {

        /** Throws if the hub is closed. */
        void requireOpen();

        /** {@return why such a task may not be submitted; empty if it may} */
        Optional<String> refusal(Submission submission);

        /** {@return whether the hub works by itself} */
        boolean isAutonomous();

        /** {@return whether tasks of that type may be started, which no pause forbids} */
        boolean mayStart(String type);

        /** A run was submitted. */
        void ran(String name, Instant at, Submitted run);

        /** Something may be due at another time. */
        void changed();
    }

    /** A run of a recurring task. */
    private record Run(Entry entry, Instant at, Submission submission) {}

    private final TaskStore tasks;
    private final Register register;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Owner owner;
    private final ReentrantLock lock = new ReentrantLock(); // one change or run at a time

    /** Reads what was kept; one that cannot be read does not run, and stays until it is scheduled anew. */
    public Recurrences(Store store, StoreCodec submissions, InstantSource clock, ZoneId zone, Owner owner) {
        this.tasks = store.tasks();
        this.register = new Register(store.state(), new EntryCodec(submissions));
        this.clock = clock;
        this.zone = zone;
        this.owner = owner;
    }

    @Override
    public RecurringStatus schedule(Recurring definition) {
        owner.requireOpen();
        owner.refusal(definition.submission()).ifPresent(why -> {
            throw new IllegalArgumentException("recurring task " + definition.name() + ": " + why);
        });
        Entry scheduled;
        lock.lock();
        try {
            scheduled = register.change(definition.name(), before -> {
                if (before != null && before.definition().equals(definition)) {
                    return before;
                }
                return Entry.registered(definition, clock.instant(), zone, Optional.ofNullable(before));
            });
        } finally {
            lock.unlock();
        }
        owner.changed();
        return scheduled.status();
    }

    @Override
    public boolean remove(String name) {
        owner.requireOpen();
        lock.lock();
        try {
            return register.remove(name);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<RecurringStatus> all() {
        return register.all().stream().map(Entry::status).toList();
    }

    @Override
    public Optional<RecurringStatus> find(String name) {
        return register.find(name).map(Entry::status);
    }

    @Override
    public List<Instant> upcoming(String name, int count) {
        return register.get(name).upcoming(count, zone);
    }

    @Override
    public Submitted runNow(String name) {
        owner.requireOpen();
        Instant now = clock.instant();
        Submitted run;
        lock.lock();
        try {
            Entry entry = register.get(name);
            run = tasks.submit(List.of(submission(entry, now))).get(0);
            register.changeThere(name, before -> before.ran(List.of(now)));
        } finally {
            lock.unlock();
        }
        tell(name, now, run);
        return run;
    }

    @Override
    public void pause(String name) {
        change(name, before -> before.paused(true));
    }

    @Override
    public void resume(String name) {
        change(name, before -> before.paused(false));
        owner.changed();
    }

    @Override
    public boolean isEmpty() {
        return register.all().isEmpty();
    }

    @Override
    public int work(boolean byHand) {
        if (!byHand && !owner.isAutonomous()) {
            return 0;
        }
        List<Runnable> told = new ArrayList<>();
        int submitted = 0;
        lock.lock();
        try {
            Instant now = clock.instant();
            List<Entry> due = register.all().stream()
                    .filter(entry -> !entry.next().isAfter(now) && mayRun(entry))
                    .toList();
            Map<Entry, List<Instant>> some = new LinkedHashMap<>();
            int runs = 0;
            for (Entry entry : due) {
                List<Instant> times = entry.due(now, zone);
                some.put(entry, times);
                runs += times.size();
                if (runs >= AT_ONCE) {
                    submitted += run(some, now, told);
                    some.clear();
                    runs = 0;
                }
            }
            submitted += run(some, now, told);
        } finally {
            lock.unlock();
            told.forEach(Runnable::run); // what was submitted, whatever happened then
        }
        return submitted;
    }

    @Override
    public Optional<Instant> next() {
        return owner.isAutonomous()
                ? register.all().stream().filter(this::mayRun).map(Entry::next).min(Instant::compareTo)
                : Optional.empty();
    }

    private boolean mayRun(Entry entry) {
        return !entry.paused()
                && owner.mayStart(entry.definition().submission().task().type());
    }

    /** Submits, and keeps that it did: in that order, under the lock. */
    private int run(Map<Entry, List<Instant>> due, Instant now, List<Runnable> told) {
        List<Run> runs = new ArrayList<>();
        due.forEach((entry, times) -> times.forEach(at -> runs.add(new Run(entry, at, submission(entry, at)))));
        if (!runs.isEmpty()) {
            List<Submitted> answers =
                    tasks.submit(runs.stream().map(Run::submission).toList());
            for (int i = 0; i < runs.size(); i++) {
                Run run = runs.get(i);
                Submitted answer = answers.get(i);
                told.add(() -> tell(run.entry().name(), run.at(), answer));
            }
        }
        List<Entry> after = new ArrayList<>();
        due.forEach((entry, times) -> after.add(entry.ran(times).after(now, zone)));
        register.replace(after);
        return runs.size();
    }

    private Submission submission(Entry entry, Instant at) {
        Recurring definition = entry.definition();
        Task template = definition.submission().task();
        Map<String, @Nullable Object> context = new LinkedHashMap<>(template.context());
        context.put("recurring", Map.of("name", entry.name(), "at", at.toString()));
        Task task = template.toBuilder()
                .id(entry.name() + "@" + at)
                .context(context)
                .deadline(definition
                        .finishWithin()
                        .map(limit -> clock.instant().plus(limit))
                        .orElse(null))
                .build();
        Submission submission = definition.submission().withTask(task);
        return definition.overlap() == Overlap.JOIN && submission.uniqueKey().isEmpty()
                ? submission.toBuilder().uniqueKey(EntryCodec.key(entry.name())).build()
                : submission;
    }

    private void tell(String name, Instant at, Submitted run) {
        if (run instanceof Submitted.Refused refused) {
            log.warn("the run of recurring task {} at {} was refused: {}", name, at, refused.why());
        } else {
            log.debug("recurring task {} ran at {}: {}", name, at, run);
        }
        owner.ran(name, at, run);
    }

    private void change(String name, UnaryOperator<Entry> change) {
        owner.requireOpen();
        lock.lock();
        try {
            register.changeThere(name, change);
        } finally {
            lock.unlock();
        }
    }
}
