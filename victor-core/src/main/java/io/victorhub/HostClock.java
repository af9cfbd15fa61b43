package io.victorhub;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's clock, which may fail in the middle of anything: then it is the time that it told last, or another's if
 * it told none. So no task stays leased because nobody can say when its attempt ended.
 */
final class HostClock implements InstantSource {

    private static final Logger log = LoggerFactory.getLogger(HostClock.class);

    private final InstantSource clock;
    private final InstantSource otherwise;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile @Nullable Instant last;
    private volatile boolean failing;

    /** @param otherwise tells the time while the host's clock has told none */
    HostClock(InstantSource clock, InstantSource otherwise) {
        this.clock = clock;
        this.otherwise = otherwise;
    }

    @Override
    public Instant instant() {
        try {
            @Nullable Instant now = clock.instant();
            if (now != null) {
                last = now;
                if (failing) {
                    failing = false;
                }
                return now;
            }
            warn(null);
        } catch (RuntimeException | Error e) {
            if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                throw fatal;
            }
            warn(e);
        }
        Instant told = last;
        return told == null ? otherwise.instant() : told;
    }

    /** {@return whether it did not tell the time when it was asked last} */
    boolean isFailing() {
        return failing;
    }

    private void warn(@Nullable Throwable thrown) {
        failing = true;
        if (warned.compareAndSet(false, true)) {
            log.warn(
                    "the host's clock {} does not tell the time; until it does, it is what it told last",
                    clock.getClass().getName(),
                    thrown);
        }
    }
}
