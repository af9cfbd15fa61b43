package io.victorhub.broadcast;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Tells whoever has subscribed, by the rules of Reactive Streams. Whoever tells never waits: what a subscriber does not ask for is
 * kept for it up to a number, then the oldest of it is lost, and the next thing that it gets says how many were. For any thread.
 *
 * @param <T> what is told
 */
public final class Broadcast<T> {

    private final Executor threads;
    private final LongFunction<? extends T> lost;
    private final LongConsumer dropped;
    private final List<Listening<T>> all = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * @param threads where subscribers are told; each takes a thread only while there is something for it
     * @param lost makes what says that so many were lost
     * @param dropped counts what is lost
     */
    public Broadcast(Executor threads, LongFunction<? extends T> lost, LongConsumer dropped) {
        this.threads = threads;
        this.lost = lost;
        this.dropped = dropped;
    }

    /** {@return whether anybody has subscribed} If not, there is no use in making what would be told. */
    public boolean isHeard() {
        return !all.isEmpty();
    }

    /** Tells all. */
    public void tell(T news) {
        for (Listening<T> listening : all) {
            listening.offer(news);
        }
    }

    /**
     * Tells one more from now on; {@code onSubscribe} is called before this returns.
     *
     * @param buffer how many may wait for it, 1 or more
     * @param wanted what is kept for it at all; quick, and throws nothing
     */
    public void subscribe(Flow.Subscriber<? super T> subscriber, int buffer, Predicate<? super T> wanted) {
        Objects.requireNonNull(subscriber, "subscriber");
        Listening<T> listening = new Listening<>(subscriber, buffer, wanted, this);
        all.add(listening);
        if (closed) { // whoever closed this may have looked before
            listening.complete();
        }
        listening.begin();
    }

    /** Ends for all: what waits for a subscriber that has asked for it is told, then that this is the end. Idempotent. */
    public void close() {
        closed = true;
        all.forEach(Listening::complete);
    }

    /** {@return how many have subscribed} */
    public int subscribers() {
        return all.size();
    }

    T lost(long number) {
        return lost.apply(number);
    }

    void dropped(long number) {
        dropped.accept(number);
    }

    void ended(Listening<T> listening) {
        all.remove(listening);
    }

    void execute(Runnable work) {
        threads.execute(work);
    }
}
