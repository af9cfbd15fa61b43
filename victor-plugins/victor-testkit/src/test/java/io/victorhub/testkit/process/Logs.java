package io.victorhub.testkit.process;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.Store;
import io.victorhub.store.Stores;
import io.victorhub.testkit.StoreContexts;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Reads the log of a home that no hub uses. */
final class Logs {

    private Logs() {}

    static List<LogEntry> of(Path home) {
        List<LogEntry> entries = new ArrayList<>();
        try (Store store = Stores.embedded().open(StoreContexts.of(home.resolve("store"), InstantSource.system()))) {
            for (LogPage page = store.log().read(Position.START, 1000);
                    !page.entries().isEmpty();
                    page = store.log().read(page.end(), 1000)) {
                page.entries().forEach(logged -> entries.add(logged.entry()));
            }
        }
        return entries;
    }
}
