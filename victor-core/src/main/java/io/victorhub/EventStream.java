package io.victorhub;

import io.victorhub.broadcast.Broadcast;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.Predicate;

/** How one subscribes to events: which ones, and how many may wait. */
record EventStream(Broadcast<HubEvent> broadcast, int buffer, Set<Class<? extends HubEvent>> kinds) implements Events {

    private static final int LARGEST = 1_000_000;

    static Events of(Broadcast<HubEvent> broadcast) {
        return new EventStream(broadcast, DEFAULT_BUFFER, Set.of());
    }

    @Override
    public Events buffer(int events) {
        if (events < 1 || events > LARGEST) {
            throw new IllegalArgumentException("a buffer of " + events + " events; it must be 1.." + LARGEST);
        }
        return new EventStream(broadcast, events, kinds);
    }

    @Override
    public Events only(Set<Class<? extends HubEvent>> only) {
        if (only.isEmpty()) {
            throw new IllegalArgumentException("no kind of event is wanted; name one or more");
        }
        return new EventStream(broadcast, buffer, Set.copyOf(only));
    }

    @Override
    public void subscribe(Flow.Subscriber<? super HubEvent> subscriber) {
        broadcast.subscribe(Objects.requireNonNull(subscriber, "subscriber"), buffer, wanted());
    }

    private Predicate<HubEvent> wanted() {
        Set<Class<? extends HubEvent>> some = kinds;
        return some.isEmpty() ? event -> true : event -> some.stream().anyMatch(kind -> kind.isInstance(event));
    }
}
