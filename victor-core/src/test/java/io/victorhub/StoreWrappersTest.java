package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.TaskStore;
import io.victorhub.store.Stores;
import io.victorhub.testing.SettableClock;
import io.victorhub.testing.StoreContexts;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever stands before a store passes on what stores may do better than by default. */
class StoreWrappersTest {

    /** What is made of others of the same interface, which are passed on. */
    private static final Set<String> MADE_OF_OTHERS = Set.of("requeue(1)");

    @Test
    void passOnWhatHasADefault() throws Exception {
        try (Store store = Stores.memory().open(StoreContexts.inMemory(new SettableClock()))) {
            Store held = HeldStore.of(store, Set.of("t"));
            assertThat(held).isNotSameAs(store);
            assertThat(notPassedOn(Store.class, held.getClass())).isEmpty();
            assertThat(notPassedOn(TaskStore.class, held.tasks().getClass())).isEmpty();
            assertThat(notPassedOn(ExecutionLog.class, held.log().getClass())).isEmpty();
        }
        assertThat(notPassedOn(TaskStore.class, ObservedTasks.class)).isEmpty();
    }

    private static List<String> notPassedOn(Class<?> port, Class<?> wrapper) {
        return List.of(port.getMethods()).stream()
                .filter(method -> method.isDefault() && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !MADE_OF_OTHERS.contains(method.getName() + "(" + method.getParameterCount() + ")"))
                .filter(method -> !isDeclared(wrapper, method))
                .map(Method::toString)
                .toList();
    }

    private static boolean isDeclared(Class<?> wrapper, Method method) {
        try {
            return !wrapper.getMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass()
                    .isInterface();
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
