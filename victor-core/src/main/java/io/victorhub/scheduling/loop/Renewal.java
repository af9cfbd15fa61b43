package io.victorhub.scheduling.loop;

import io.victorhub.dispatch.Attempt;
import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the leases of running attempts from running out, in stores whose leases do. */
final class Renewal {

    private static final Logger log = LoggerFactory.getLogger(Renewal.class);

    private Renewal() {}

    static void start(Store store, LoopSettings settings, Running running, ScheduledExecutorService timer) {
        if (!store.capabilities().declares(Capability.LEASE_EXPIRY)) {
            return;
        }
        long nanos = Math.max(1, settings.leaseTtl().toNanos() / 3);
        timer.scheduleWithFixedDelay(
                () -> {
                    List<Lease> leases =
                            running.attempts().stream().map(Attempt::lease).toList();
                    try {
                        if (!leases.isEmpty()) {
                            store.tasks().renew(leases, settings.leaseTtl());
                        }
                    } catch (StorageException e) {
                        log.warn("leases could not be renewed; tried again before they run out", e);
                    }
                },
                nanos,
                nanos,
                TimeUnit.NANOSECONDS);
    }
}
