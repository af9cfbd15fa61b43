package io.victorhub.testkit;

import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link Store} must do. Extend it, say which factory opens the store, and run it.
 *
 * <pre>{@code
 * class MyStoreContractTest extends StoreContract {
 *     @Override
 *     protected StoreFactory factory() {
 *         return new MyStoreFactory();
 *     }
 * }
 * }</pre>
 *
 * <p>What engines differ in they declare: where a capability is declared, the contract checks it; where it is not, the
 * documented fallback, or the test is skipped where there is none. Each test has a store of its own, on a clock that
 * stands still. JUnit runs tests in an order of its own; read them in the order of the interfaces.
 *
 * @since 0.1
 */
public abstract class StoreContract
        implements SubmittingContract,
                LeasingContract,
                SettlingContract,
                TurnoverContract,
                ControlContract,
                QueryContract,
                LogContract,
                StateContract {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
    private final List<Store> opened = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private Path directory = Path.of("");

    /** Made for subclasses. */
    protected StoreContract() {}

    /** {@return what opens the store; each call may give the same one} */
    protected abstract StoreFactory factory();

    /**
     * Leaves the store as a killed process would, and tells where to open what is left. Here: a copy of its folder while
     * it is open. Stores that keep nothing in their folder override this. Asked of stores that are
     * {@link io.victorhub.spi.store.Capability#DURABLE} only.
     *
     * @return the folder to open next
     */
    protected Path kill(Store running, Path directory) {
        Path copy = directory.resolveSibling(directory.getFileName() + "-killed");
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(directory.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    @BeforeEach
    final void openTheStore() {
        directory = folder.resolve("store");
        open();
    }

    @AfterEach
    final void closeTheStores() {
        opened.forEach(Store::close);
    }

    @Override
    public final Store store() {
        return opened.get(opened.size() - 1);
    }

    @Override
    public final void reopen() {
        store().close();
        open();
    }

    @Override
    public final void killAndOpen() {
        directory = kill(store(), directory);
        open();
    }

    @Override
    public final Path directory() {
        return directory;
    }

    @Override
    public final SettableClock clock() {
        return clock;
    }

    private void open() {
        opened.add(factory().open(StoreContexts.of(directory, clock)));
    }
}
