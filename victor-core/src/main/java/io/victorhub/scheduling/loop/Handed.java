package io.victorhub.scheduling.loop;

import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Settlement;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What a thread hands in for its {@link Turn}, and what it gets back: one call for each, answered once. */
final class Handed {

    final @Nullable Place leaving;
    final @Nullable Settlement settlement;
    final boolean goesOn;

    /** What was handed in just before, while nobody has taken it. */
    @Nullable Handed below;

    // the answer, written before done
    private @Nullable Outcome outcome;
    private @Nullable Throwable failure;
    private @Nullable Place next;

    private volatile boolean done;
    private volatile @Nullable Thread waiter;

    private Handed(@Nullable Place leaving, @Nullable Settlement settlement, boolean goesOn) {
        this.leaving = leaving;
        this.settlement = settlement;
        this.goesOn = goesOn;
    }

    /** Something to be put on record, whereupon its place is given back. */
    static Handed settling(Place leaving, Settlement settlement, boolean goesOn) {
        return new Handed(leaving, settlement, goesOn);
    }

    /** Nothing; whoever hands it in only looks for work. */
    static Handed looking() {
        return new Handed(null, null, true);
    }

    void kept(Outcome what) {
        outcome = what;
    }

    void failed(Throwable why) {
        failure = why;
    }

    void next(@Nullable Place place) {
        next = place;
    }

    /** The answer is complete. */
    void answer() {
        done = true;
        Thread waiting = waiter;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    boolean isDone() {
        return done;
    }

    /** {@return whether its thread sleeps, and was woken now} */
    boolean wake() {
        Thread waiting = waiter;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
        return waiting != null;
    }

    /** From now on its thread may be asleep: whoever has something for it wakes it. */
    void sleeps(boolean now) {
        waiter = now ? Thread.currentThread() : null;
    }

    /** {@return what became of the settlement; null if it could not be kept} */
    @Nullable Outcome outcome() {
        return outcome;
    }

    /** {@return why it could not be kept, or nothing be leased; null if it could} */
    @Nullable Throwable failure() {
        return failure;
    }

    /** {@return where its thread goes on; null if nowhere} */
    @Nullable Place next() {
        return next;
    }
}
