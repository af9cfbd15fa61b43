package io.victorhub;

import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCapabilities;
import io.victorhub.spi.store.StoreContext;
import io.victorhub.spi.store.StoreFactory;
import io.victorhub.spi.store.TaskStore;
import io.victorhub.store.Stores;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A store in memory whose methods throw when a test says so. */
final class UnreliableStore implements StoreFactory {

    private final Map<String, Supplier<? extends Throwable>> troubles = new ConcurrentHashMap<>();
    private final Map<String, Object> instead = new ConcurrentHashMap<>();
    private final AtomicInteger looks = new AtomicInteger();

    /** From now on calls of that name throw. */
    void fail(String method, Supplier<? extends Throwable> thrown) {
        troubles.put(method, thrown);
    }

    /** Calls of that name answer so, as those of a simpler store would. */
    UnreliableStore without(String method, Object answer) {
        instead.put(method, answer);
        return this;
    }

    /** From now on all goes well. */
    void mend() {
        troubles.clear();
    }

    /** {@return how often somebody looked for overdue tasks, as each turn of the loop does first} */
    int looks() {
        return looks.get();
    }

    @Override
    public String name() {
        return "unreliable";
    }

    @Override
    public Store open(StoreContext context) {
        Store inner = Stores.memory().open(context);
        TaskStore tasks = unreliable(TaskStore.class, inner.tasks());
        StateStore state = unreliable(StateStore.class, inner.state());
        return new Store() {
            @Override
            public TaskStore tasks() {
                return tasks;
            }

            @Override
            public ExecutionLog log() {
                return inner.log();
            }

            @Override
            public StateStore state() {
                return state;
            }

            @Override
            public StoreCapabilities capabilities() {
                return inner.capabilities();
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    private <T> T unreliable(Class<T> type, T inner) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getName().equals("expire")) {
                looks.incrementAndGet();
            }
            Supplier<? extends Throwable> trouble = troubles.get(method.getName());
            if (trouble != null) {
                throw trouble.get();
            }
            if (instead.containsKey(method.getName())) {
                return instead.get(method.getName());
            }
            if (method.getName().equals("turnOver")) { // it is made of others, which may fail one by one
                return InvocationHandler.invokeDefault(proxy, method, args);
            }
            try {
                return method.invoke(inner, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
