package io.victorhub.scheduling.agenda;

import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.store.Stores;
import io.victorhub.testing.SettableClock;
import io.victorhub.testing.StoreContexts;
import io.victorhub.testing.WrappedStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** An agenda with a store in memory, on a settable clock; it works by hand, or on its thread once poked. */
final class AgendaBench implements AutoCloseable, Recurrences.Owner {

    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    final SettableClock clock = new SettableClock();
    final WrappedStore store = new WrappedStore(Stores.memory().open(StoreContexts.inMemory(clock)));
    final List<String> ran = new CopyOnWriteArrayList<>();
    final List<StorageException> failures = new CopyOnWriteArrayList<>();
    final Set<String> pausedTypes = new ConcurrentSkipListSet<>();
    final List<Thread> threads = new CopyOnWriteArrayList<>();
    volatile boolean autonomous = true;
    volatile boolean open = true;
    volatile Optional<String> refusal = Optional.empty();
    final Agenda agenda = new Agenda(clock, this::thread, failures::add);
    Recurrences recurring = recurring(store);

    AgendaBench() {
        agenda.add(recurring);
    }

    /** What another hub, or the next one, makes of what is kept. */
    Recurrences recurring(Store of) {
        return new Recurrences(of, Stores.codec(), clock, BERLIN, this);
    }

    /** Goes on with what is kept, as after a restart. */
    void restart() {
        recurring = recurring(store);
    }

    int work() {
        return recurring.work(false);
    }

    List<String> ids() {
        return store.tasks().tasks(TaskQuery.all().max(1000)).tasks().stream()
                .map(TaskState::id)
                .toList();
    }

    TaskState find(String id) {
        return store.tasks().find(id).orElseThrow();
    }

    /** Settles all tasks that may run. */
    void finishAll() {
        for (Lease lease : store.tasks().lease(LeaseRequest.of(1000, Duration.ofMinutes(1)))) {
            store.tasks().settle(List.of(Settlement.silent(lease, Disposition.done())));
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work);
        threads.add(thread);
        return thread;
    }

    @Override
    public void requireOpen() {
        if (!open) {
            throw new IllegalStateException("closed");
        }
    }

    @Override
    public Optional<String> refusal(Submission submission) {
        return refusal;
    }

    @Override
    public boolean isAutonomous() {
        return autonomous;
    }

    @Override
    public boolean mayStart(String type) {
        return !pausedTypes.contains(type);
    }

    @Override
    public void ran(String name, Instant at, Submitted run) {
        ran.add(name + " " + at + " " + run.getClass().getSimpleName());
    }

    @Override
    public void changed() {
        if (!threads.isEmpty()) {
            agenda.poke();
        }
    }

    @Override
    public void close() {
        agenda.close();
        store.close();
    }
}
