package io.victorhub.scheduling.guard;

import io.victorhub.json.Json;
import io.victorhub.json.JsonException;
import io.victorhub.json.JsonLimits;
import io.victorhub.scheduling.Budget;
import io.victorhub.scheduling.Budget.Limit;
import io.victorhub.scheduling.Budget.Scope;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Versioned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of budgets in the state store: {@code guard/budgets} is what people changed and granted, {@code guard/spent}
 * what was spent up to a place in the log.
 */
final class BudgetShelf {

    /**
     * More for one period.
     *
     * @param scope whose budget
     * @param limit which limit of it
     * @param start when the period begins, in milliseconds
     * @param amount how much more
     */
    record Grant(Scope scope, Limit limit, long start, double amount) {}

    private static final Logger log = LoggerFactory.getLogger(BudgetShelf.class);
    private static final String BUDGETS = "guard/budgets";
    private static final String SPENT = "guard/spent";
    private static final JsonLimits LIMITS = new JsonLimits(StateStore.MAX_VALUE_BYTES, 10);

    /** So many entries are read quickly when the hub is opened after a kill, and are much more than one write. */
    private static final int KEEP_EVERY = 20_000;

    private final StateStore state;
    private final ReentrantLock lock = new ReentrantLock(); // one change at a time; guards what is read and written
    private final ReentrantLock saving = new ReentrantLock(); // what was spent last is kept last
    private final Map<Scope, Budget> configured = new LinkedHashMap<>();
    private final Map<Scope, Budget> changed = new LinkedHashMap<>();
    private List<Grant> grants = new ArrayList<>();
    private final AtomicInteger learned = new AtomicInteger(); // since it was kept
    private final AtomicBoolean asked = new AtomicBoolean();

    BudgetShelf(StateStore state, Collection<Budget> configured) {
        this.state = state;
        configured.forEach(budget -> this.configured.put(budget.scope(), budget));
        state.read(BUDGETS).ifPresent(this::read);
        changed.forEach((scope, budget) -> {
            if (this.configured.containsKey(scope) && !budget.equals(this.configured.get(scope))) {
                log.warn(
                        "the budget of {} is what a person changed it to, {}, and not what the host set, {}; hub.guard().change(…) changes it",
                        scope.text(),
                        budget.limits(),
                        this.configured.get(scope).limits());
            }
        });
    }

    /** {@return what holds now, the hub's first} */
    List<Budget> budgets() {
        lock.lock();
        try {
            Map<Scope, Budget> all = new LinkedHashMap<>(configured);
            all.putAll(changed);
            List<Budget> sorted = new ArrayList<>(all.values());
            sorted.sort((a, b) -> a.scope().kind().compareTo(b.scope().kind()));
            return sorted;
        } finally {
            lock.unlock();
        }
    }

    List<Grant> grants() {
        lock.lock();
        try {
            return List.copyOf(grants);
        } finally {
            lock.unlock();
        }
    }

    void change(Budget budget) {
        lock.lock();
        try {
            Budget before = changed.put(budget.scope(), budget);
            try {
                write();
            } catch (StorageException e) {
                if (before == null) {
                    changed.remove(budget.scope());
                } else {
                    changed.put(budget.scope(), before);
                }
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** @param since grants of periods that began earlier are forgotten */
    void grant(List<Grant> more, long since) {
        lock.lock();
        List<Grant> before = grants;
        try {
            grants = new ArrayList<>(before);
            grants.removeIf(grant -> grant.start() < since);
            grants.addAll(more);
            write();
        } catch (StorageException e) {
            grants = before;
            throw e;
        } finally {
            lock.unlock();
        }
    }

    byte @Nullable [] spent() {
        return state.read(SPENT).map(Versioned::value).orElse(null);
    }

    /** So many entries were learned; {@return whether what was spent should be kept now} */
    boolean isDue(int more) {
        return learned.addAndGet(more) >= KEEP_EVERY;
    }

    void keepOn(ScheduledExecutorService timer, Runnable save) {
        if (asked.compareAndSet(false, true)) {
            try {
                timer.execute(save);
            } catch (RejectedExecutionException e) {
                log.debug("the hub closes, and keeps it then", e);
            }
        }
    }

    void save(Supplier<byte[]> spent) {
        saving.lock();
        try {
            learned.set(0);
            asked.set(false);
            byte[] value = spent.get();
            long version = state.read(SPENT).map(Versioned::version).orElse(0L);
            if (!state.change(List.of(Change.put(SPENT, version, value)))) {
                log.debug("another hub kept what was spent at the same time");
            }
        } finally {
            saving.unlock();
        }
    }

    private void write() {
        Map<String, @Nullable Object> budgets = new LinkedHashMap<>();
        changed.forEach((scope, budget) -> {
            Map<String, @Nullable Object> limits = new LinkedHashMap<>();
            budget.limits().forEach((limit, most) -> limits.put(limit.name(), most));
            budgets.put(SpendingCodec.key(scope), limits);
        });
        List<@Nullable Object> granted = new ArrayList<>();
        grants.forEach(grant -> granted.add(
                List.of(SpendingCodec.key(grant.scope()), grant.limit().name(), grant.start(), grant.amount())));
        byte[] value = Json.compact(Map.of("changed", budgets, "granted", granted));
        long version;
        do {
            version = state.read(BUDGETS).map(Versioned::version).orElse(0L);
        } while (!state.change(List.of(Change.put(BUDGETS, version, value))));
    }

    private void read(Versioned kept) {
        try {
            if (Json.parse(kept.value(), LIMITS) instanceof Map<?, ?> members
                    && members.get("changed") instanceof Map<?, ?> budgets
                    && members.get("granted") instanceof List<?> granted) {
                budgets.forEach((key, limits) -> {
                    Scope scope = SpendingCodec.scope((String) key);
                    EnumMap<Limit, Double> all = new EnumMap<>(Limit.class);
                    ((Map<?, ?>) limits)
                            .forEach((limit, most) ->
                                    all.put(Limit.valueOf((String) limit), ((Number) most).doubleValue()));
                    changed.put(scope, new Budget(scope, all));
                });
                for (Object one : granted) {
                    List<?> grant = (List<?>) one;
                    grants.add(new Grant(
                            SpendingCodec.scope((String) grant.get(0)),
                            Limit.valueOf((String) grant.get(1)),
                            (Long) grant.get(2),
                            ((Number) grant.get(3)).doubleValue()));
                }
                return;
            }
            throw new StorageException("the budgets that people changed cannot be read from the state store");
        } catch (JsonException | IllegalArgumentException | ClassCastException | IndexOutOfBoundsException e) {
            throw new StorageException("the budgets that people changed cannot be read from the state store", e);
        }
    }
}
