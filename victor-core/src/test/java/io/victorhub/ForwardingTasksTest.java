package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.TaskStore;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever stands before a store must hand on what the interface does by default too: the store may have a better way. */
class ForwardingTasksTest {

    /** Calls {@code requeue} of two arguments; handed on by itself it would pass by those that change that one. */
    private static final String IS_ANOTHER = "requeue1";

    static Stream<Method> methods() {
        return Stream.concat(Stream.of(TaskStore.class.getMethods()), Stream.of(Store.class.getMethods()))
                .filter(method -> !IS_ANOTHER.equals(method.getName() + method.getParameterCount()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void handsOnEachMethodOfTheInterface(Method method) throws NoSuchMethodException {
        Class<?> before = method.getDeclaringClass() == TaskStore.class ? ForwardingTasks.class : StoreWithTasks.class;

        assertThat(before.getMethod(method.getName(), method.getParameterTypes())
                        .getDeclaringClass())
                .isEqualTo(before);
    }
}
