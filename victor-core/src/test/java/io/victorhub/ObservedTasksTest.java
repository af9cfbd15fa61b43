package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.TaskStore;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever watches a store must hand on what the interface does by default too: the store may have a better way. */
class ObservedTasksTest {

    static Stream<Method> methods() {
        return Stream.concat(Stream.of(TaskStore.class.getMethods()), Stream.of(Store.class.getMethods()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void handsOnEachMethodOfTheInterface(Method method) throws NoSuchMethodException {
        Class<?> watching = method.getDeclaringClass() == TaskStore.class ? ObservedTasks.class : ObservedStore.class;

        assertThat(watching.getMethod(method.getName(), method.getParameterTypes())
                        .getDeclaringClass())
                .isEqualTo(watching);
    }
}
