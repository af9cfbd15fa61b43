package io.victorhub.broadcast;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One subscriber, what waits for it, and what it has asked for. One thread at a time tells it something. */
final class Listening<T> implements Flow.Subscription {

    private static final Logger log = LoggerFactory.getLogger(Listening.class);

    private final int most;
    private final Predicate<? super T> wanted;
    private final Broadcast<T> owner;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Deque<T> waiting = new ArrayDeque<>();
    private Flow.@Nullable Subscriber<? super T> subscriber; // until it is over
    private long asked;
    private long lost;
    private boolean telling = true; // somebody tells it, or will; first onSubscribe
    private boolean completing;
    private @Nullable Throwable failure;

    Listening(Flow.Subscriber<? super T> subscriber, int most, Predicate<? super T> wanted, Broadcast<T> owner) {
        this.subscriber = subscriber;
        this.most = most;
        this.wanted = wanted;
        this.owner = owner;
    }

    /** Greets the subscriber, in this thread, and tells it what it has asked for meanwhile. */
    void begin() {
        Flow.Subscriber<? super T> whom = subscriber();
        if (whom == null) {
            return;
        }
        try {
            whom.onSubscribe(this);
        } catch (Throwable t) {
            thrown(whom, t);
            return;
        }
        lock.lock();
        try {
            telling = false;
        } finally {
            lock.unlock();
        }
        tellLater();
    }

    /** Keeps it until it is asked for, and loses the oldest where there is no room. */
    void offer(T news) {
        if (!wanted.test(news)) {
            return;
        }
        boolean drops;
        lock.lock();
        try {
            if (subscriber == null || completing) {
                return;
            }
            drops = waiting.size() == most;
            if (drops) {
                waiting.poll();
                lost++;
            }
            waiting.add(news);
        } finally {
            lock.unlock();
        }
        if (drops) {
            owner.dropped(1);
        }
        tellLater();
    }

    /** Nothing more will come. */
    void complete() {
        lock.lock();
        try {
            completing = true;
        } finally {
            lock.unlock();
        }
        tellLater();
    }

    @Override
    public void request(long more) {
        lock.lock();
        try {
            if (subscriber == null) {
                return;
            } else if (more <= 0) {
                failure = new IllegalArgumentException(
                        "a subscriber asked for " + more + " events; it must ask for 1 or more (rule 3.9)");
            } else {
                asked = asked + more < 0 ? Long.MAX_VALUE : asked + more;
            }
        } finally {
            lock.unlock();
        }
        tellLater();
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            subscriber = null;
            waiting.clear();
        } finally {
            lock.unlock();
        }
        owner.ended(this);
    }

    /** Has the subscriber told on a thread of its own, if there is something to tell and nobody does. */
    private void tellLater() {
        lock.lock();
        try {
            if (telling || !hasSomething()) {
                return;
            }
            telling = true;
        } finally {
            lock.unlock();
        }
        try {
            owner.execute(this::tell);
        } catch (RejectedExecutionException e) {
            tell(); // the hub is closed, so this is a thread of whoever subscribes or asks
        } catch (RuntimeException | Error e) {
            log.warn("there is no thread to tell a subscriber on; it is tried again with the next event", e);
            lock.lock();
            try {
                telling = false;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Under the lock. */
    private boolean hasSomething() {
        return subscriber != null && (failure != null || completing || asked > 0 && (lost > 0 || !waiting.isEmpty()));
    }

    private void tell() {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = tellNext();
        }
    }

    private boolean tellNext() {
        Flow.Subscriber<? super T> whom;
        Throwable failed;
        T next = null;
        long gone = 0;
        lock.lock();
        try {
            whom = subscriber;
            if (whom == null || !hasSomething()) {
                telling = false;
                return false;
            }
            failed = failure;
            if (failed == null && asked > 0 && (lost > 0 || !waiting.isEmpty())) {
                asked = asked == Long.MAX_VALUE ? asked : asked - 1;
                gone = lost;
                next = gone > 0 ? null : waiting.poll();
                lost = 0;
            }
        } finally {
            lock.unlock();
        }
        try {
            if (gone > 0) {
                whom.onNext(owner.lost(gone));
            } else if (next != null) {
                whom.onNext(next);
            } else {
                cancel(); // first: it is over, whatever it does when it is told so
                end(whom, failed);
            }
            return true;
        } catch (Throwable t) {
            thrown(whom, t);
            return false;
        }
    }

    private static void end(Flow.Subscriber<?> whom, @Nullable Throwable failed) {
        if (failed == null) {
            whom.onComplete();
        } else {
            whom.onError(failed);
        }
    }

    /** A subscriber that throws has broken the rules, and hears nothing more. */
    private void thrown(Flow.Subscriber<? super T> whom, Throwable thrown) {
        cancel();
        try {
            log.warn(
                    "subscriber {} threw; it hears nothing more",
                    whom.getClass().getName(),
                    thrown);
        } catch (RuntimeException | Error e) {
            log.warn(
                    "subscriber {} threw a {} that cannot be printed; it hears nothing more",
                    whom.getClass().getName(),
                    thrown.getClass().getName());
        }
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
    }

    private Flow.@Nullable Subscriber<? super T> subscriber() {
        lock.lock();
        try {
            return subscriber;
        } finally {
            lock.unlock();
        }
    }
}
