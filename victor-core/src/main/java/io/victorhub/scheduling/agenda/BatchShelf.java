package io.victorhub.scheduling.agenda;

import io.victorhub.scheduling.agenda.BatchCodec.Chunk;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where batches are kept. Each is changed by one thread at a time. */
final class BatchShelf {

    private static final Logger log = LoggerFactory.getLogger(BatchShelf.class);
    private static final int PAGE = 100;

    private final StateStore state;
    private final BatchCodec codec;

    BatchShelf(StateStore state, BatchCodec codec) {
        this.state = state;
        this.codec = codec;
    }

    /** Goes through all batches; one that cannot be read is left alone. */
    void forEach(Consumer<BatchEntry> action) {
        String after = "";
        for (List<Versioned> page = state.list(BatchCodec.PREFIX, after, PAGE);
                !page.isEmpty();
                page = state.list(BatchCodec.PREFIX, after, PAGE)) {
            for (Versioned kept : page) {
                try {
                    action.accept(codec.decode(kept));
                } catch (StorageException e) {
                    log.warn("{} cannot be read by this version; nothing follows that batch", kept.key(), e);
                }
            }
            after = page.get(page.size() - 1).key();
        }
    }

    Optional<BatchEntry> read(String id) {
        return state.read(BatchCodec.key(id)).map(codec::decode);
    }

    Chunk chunk(String id, int number) {
        return state.read(BatchCodec.chunkKey(id, number))
                .map(BatchCodec::decodeChunk)
                .orElse(new Chunk(List.of(), true));
    }

    boolean isSure(String id, int number) {
        return state.read(BatchCodec.chunkKey(id, number))
                .map(BatchCodec::isSure)
                .orElse(true);
    }

    /** Keeps a batch; {@return it as it is kept} */
    BatchEntry put(BatchEntry entry) {
        change(entry.id(), List.of(put(BatchCodec.key(entry.id()), entry.version(), codec.encode(entry))));
        return reread(entry);
    }

    /** Keeps a batch and one more chunk of it. */
    BatchEntry putWithChunk(BatchEntry before, Chunk chunk) {
        BatchEntry after = before.withChunk();
        change(
                before.id(),
                List.of(
                        put(BatchCodec.key(before.id()), before.version(), codec.encode(after)),
                        put(BatchCodec.chunkKey(before.id(), before.chunks()), 0, BatchCodec.encode(chunk))));
        return reread(after);
    }

    void putChunk(String id, int number, Chunk chunk) {
        String key = BatchCodec.chunkKey(id, number);
        change(id, List.of(put(key, version(key), BatchCodec.encode(chunk))));
    }

    /** Keeps a batch that is over, and the ids of its tasks no more. */
    BatchEntry putWithoutChunks(BatchEntry before, BatchEntry after) {
        List<Change> changes = new ArrayList<>();
        changes.add(put(BatchCodec.key(after.id()), before.version(), codec.encode(after)));
        for (int i = 0; i < before.chunks(); i++) {
            String key = BatchCodec.chunkKey(before.id(), i);
            long version = version(key);
            if (version > 0) {
                changes.add(Change.delete(key, version));
            }
        }
        change(after.id(), changes);
        return reread(after);
    }

    void remove(BatchEntry entry) {
        state.change(List.of(Change.delete(BatchCodec.key(entry.id()), entry.version())));
    }

    private BatchEntry reread(BatchEntry entry) {
        return entry.version(version(BatchCodec.key(entry.id())));
    }

    private long version(String key) {
        return state.read(key).map(Versioned::version).orElse(0L);
    }

    private void change(String id, List<Change> changes) {
        if (!state.change(changes)) {
            throw new StorageException(
                    "batch " + id + " is being changed by another hub on the same store; use one of" + " them for it");
        }
    }

    private static Change put(String key, long version, byte[] value) {
        if (value.length > StateStore.MAX_VALUE_BYTES) {
            throw new IllegalArgumentException(key + " has " + value.length + " bytes, more than "
                    + StateStore.MAX_VALUE_BYTES + "; put what is large into a file and name the file");
        }
        return Change.put(key, version, value);
    }
}
