package io.victorhub.scheduling.loop;

import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Store;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps leases from running out, in stores whose leases do: of attempts that run, and of those that wait for a thread. */
final class Renewal {

    private static final Logger log = LoggerFactory.getLogger(Renewal.class);

    private Renewal() {}

    static void start(Store store, LoopSettings settings, Running running, ScheduledExecutorService timer) {
        if (!store.capabilities().declares(Capability.LEASE_EXPIRY)) {
            return;
        }
        long nanos = Math.max(1, settings.leaseTtl().toNanos() / 3);
        var unused = timer.scheduleWithFixedDelay(
                () -> {
                    List<Lease> leases = running.places().stream()
                            .filter(Place::isQueued)
                            .map(place -> place.lease)
                            .toList();
                    try {
                        if (!leases.isEmpty()) {
                            store.tasks().renew(leases, settings.leaseTtl());
                        }
                    } catch (RuntimeException e) {
                        log.warn("leases could not be renewed; tried again before they run out", e);
                    }
                },
                nanos,
                nanos,
                TimeUnit.NANOSECONDS);
    }
}
