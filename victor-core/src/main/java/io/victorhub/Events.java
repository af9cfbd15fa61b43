package io.victorhub;

import java.util.Set;
import java.util.concurrent.Flow;

/**
 * What happens in a hub, for whoever subscribes, by the rules of Reactive Streams. Reached through {@link Hub#events()}.
 *
 * <pre>{@code
 * hub.events().only(Set.of(HubEvent.TaskDied.class, HubEvent.StorageTrouble.class)).buffer(100).subscribe(subscriber);
 * }</pre>
 *
 * <p>Nobody waits for a subscriber. What it has not asked for is kept for it, up to the size of its buffer; then the oldest is
 * lost, and the next event that it gets is {@link HubEvent.EventsLost}, which says how many. Events come in the order in which
 * they were told; those of one task that different threads tell may change places. Nothing is told of what happened before.
 *
 * <p>A subscriber is called on a thread of the hub's that it has for itself as long as there is something to tell, by one thread
 * at a time; it may take its time, call the hub, and close it. One that throws hears nothing more and harms nobody. When the hub
 * closes, {@code onComplete} is called behind what was asked for.
 *
 * @since 0.1
 */
public interface Events extends Flow.Publisher<HubEvent> {

    /** How many events wait for a subscriber at most, where it does not say. */
    int DEFAULT_BUFFER = 1024;

    /**
     * {@return the same, with another buffer for those who subscribe to it}
     *
     * @param events how many may wait for each subscriber, 1 to 1,000,000; one takes some hundred bytes
     */
    Events buffer(int events);

    /**
     * {@return the same, with events of these kinds only; what is left out takes no room in the buffer}
     *
     * @param kinds one or more; {@link HubEvent.OfTask} stands for all that are about a task
     */
    Events only(Set<Class<? extends HubEvent>> kinds);
}
