package io.victorhub;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the host's listeners, without locks; one that throws harms nobody. */
final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final List<HubListener> all;

    Listeners(List<HubListener> all) {
        this.all = List.copyOf(all);
    }

    void tell(Consumer<HubListener> what) {
        for (HubListener listener : all) {
            try {
                what.accept(listener);
            } catch (Throwable t) {
                if (t instanceof VirtualMachineError error && !(t instanceof StackOverflowError)) {
                    throw error;
                }
                log.warn(
                        "listener {} threw; it is passed over",
                        listener.getClass().getName(),
                        t);
            }
        }
    }
}
