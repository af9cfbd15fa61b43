package io.victorhub;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the host's listeners, without locks; one that throws harms nobody. */
final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final List<HubListener> all;
    private final EventFeed feed;

    /** @param feed tells those who have subscribed to events what listeners hear */
    Listeners(List<HubListener> all, EventFeed feed) {
        this.all = List.copyOf(all);
        this.feed = feed;
    }

    /** {@return whether there is anybody to tell} */
    boolean any() {
        return !all.isEmpty() || feed.isHeard();
    }

    void tell(Consumer<HubListener> what) {
        for (HubListener listener : all) {
            tell(listener, what);
        }
        if (feed.isHeard()) {
            tell(feed, what);
        }
    }

    private static void tell(HubListener listener, Consumer<HubListener> what) {
        try {
            what.accept(listener);
        } catch (Throwable t) {
            warn(listener.getClass().getName(), t);
            if (t instanceof VirtualMachineError error && !(t instanceof StackOverflowError)) {
                uncaught(error);
            }
        }
    }

    private static void warn(String listener, Throwable thrown) {
        try {
            log.warn("listener {} threw; it is passed over", listener, thrown);
        } catch (RuntimeException | Error e) {
            log.warn(
                    "listener {} threw a {} that cannot be printed; it is passed over",
                    listener,
                    thrown.getClass().getName());
        }
    }

    /** Hands an error to whoever the host lets hear of such; that one throws in vain. */
    static void uncaught(VirtualMachineError error) {
        Thread current = Thread.currentThread();
        try {
            current.getUncaughtExceptionHandler().uncaughtException(current, error);
        } catch (RuntimeException | Error e) {
            log.warn("the uncaught exception handler threw", e);
        }
    }
}
