package io.victorhub.store;

import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreContext;
import io.victorhub.spi.store.StoreFactory;
import io.victorhub.testing.FaultyDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The store on disk, over a disk that fails when a test says so. */
public record StoresOnFaultyDisks(FaultyDisk disk) implements StoreFactory {

    @Override
    public String name() {
        return "faulty";
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Store open(StoreContext context) {
        makeFolder(context.directory()); // what is not the journal is on the real disk
        return EmbeddedStore.open(context, EmbeddedSettings.DEFAULT, disk);
    }
}
