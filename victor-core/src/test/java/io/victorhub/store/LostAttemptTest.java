package io.victorhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Execution;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.testing.FaultyDisk;
import io.victorhub.testing.SettableClock;
import io.victorhub.testing.StoreContexts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log says of an attempt whose process was killed. */
class LostAttemptTest {

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private final FaultyDisk disk = new FaultyDisk(new Random(1));

    @Test
    void itSaysHowFarItWas() {
        Store killed = open();
        Lease lease = leased(killed);
        killed.tasks().progress(List.of(new Progress("a", lease.fence(), .25, "page 1 of 4", clock.instant())));
        killed.tasks().progress(List.of(new Progress("a", lease.fence(), .5, "page 2 of 4", clock.instant())));
        kill(killed);

        try (Store store = open()) {
            assertThat(lost(store).message()).isEqualTo("the process died while it ran, at 50 %: page 2 of 4");
        }
    }

    @Test
    void itSaysNothingOfProgressWhereThereWasNone() {
        Store killed = open();
        leased(killed);
        kill(killed);

        try (Store store = open()) {
            assertThat(lost(store).message()).isEqualTo("the process died while it ran");
        }
    }

    private Store open() {
        return EmbeddedStore.open(StoreContexts.at(folder, clock), EmbeddedSettings.DEFAULT, disk);
    }

    private static Lease leased(Store store) {
        store.tasks().submit(List.of(Submission.of(Task.of("t").id("a").build())));
        return store.tasks().lease(LeaseRequest.of(1, Duration.ofMinutes(1))).get(0);
    }

    private void kill(Store store) {
        disk.kill();
        try {
            store.close();
        } catch (StorageException e) {
            // its files are gone
        }
    }

    private static Execution.Trouble lost(Store store) {
        return ((Execution) store.tasks().find("a").orElseThrow().last().orElseThrow())
                .trouble()
                .orElseThrow();
    }
}
