package io.victorhub.scheduling.agenda;

import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Versioned;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recurring tasks that are kept, remembered for whoever looks. One that cannot be read does not run, and stays until it
 * is scheduled anew. Changed by one thread at a time; another hub on the same store may change what is kept meanwhile.
 */
final class Register {

    private static final Logger log = LoggerFactory.getLogger(Register.class);
    private static final int PAGE = 100;

    private final StateStore state;
    private final EntryCodec codec;
    private final ConcurrentNavigableMap<String, Entry> entries = new ConcurrentSkipListMap<>();

    /** What a change makes of an entry, which may not be there. */
    interface Update {
        Entry of(@Nullable Entry before);
    }

    Register(StateStore state, EntryCodec codec) {
        this.state = state;
        this.codec = codec;
        String after = "";
        for (List<Versioned> page = state.list(EntryCodec.PREFIX, after, PAGE);
                !page.isEmpty();
                page = state.list(EntryCodec.PREFIX, after, PAGE)) {
            page.forEach(kept -> decode(kept).ifPresent(this::remember));
            after = page.get(page.size() - 1).key();
        }
    }

    Collection<Entry> all() {
        return entries.values();
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** @throws IllegalArgumentException if there is none */
    Entry get(String name) {
        return require(name, entries.get(name));
    }

    /** Changes the entry of that name, or makes it; {@return what is kept then} */
    Entry change(String name, Update update) {
        while (true) {
            Optional<Versioned> kept = state.read(EntryCodec.key(name));
            Entry before = kept.flatMap(this::decode).orElse(null);
            Entry after = update.of(before);
            if (after.equals(before)) {
                remember(after);
                return after;
            }
            long version = kept.map(Versioned::version).orElse(0L);
            if (state.change(List.of(Change.put(EntryCodec.key(name), version, encode(after))))) {
                return require(name, readAnew(name));
            }
        }
    }

    /** @throws IllegalArgumentException if there is none */
    void changeThere(String name, UnaryOperator<Entry> change) {
        change(name, before -> change.apply(require(name, before)));
    }

    /** Keeps entries in place of what they were made of, all or none: none if another hub changed one of them. */
    void replace(List<Entry> all) {
        List<Change> changes = all.stream()
                .map(entry -> Change.put(EntryCodec.key(entry.name()), entry.version(), encode(entry)))
                .toList();
        if (!changes.isEmpty() && !state.change(changes)) {
            log.debug("another hub ran or changed some of {} meanwhile", all);
        }
        all.forEach(entry -> readAnew(entry.name()));
    }

    boolean remove(String name) {
        boolean there = false;
        for (Optional<Versioned> kept = state.read(EntryCodec.key(name));
                kept.isPresent();
                kept = state.read(EntryCodec.key(name))) {
            there = true;
            if (state.change(
                    List.of(Change.delete(EntryCodec.key(name), kept.get().version())))) {
                break;
            }
        }
        entries.remove(name);
        return there;
    }

    private @Nullable Entry readAnew(String name) {
        Optional<Entry> entry = state.read(EntryCodec.key(name)).flatMap(this::decode);
        entry.ifPresentOrElse(this::remember, () -> entries.remove(name));
        return entry.orElse(null);
    }

    private void remember(Entry entry) {
        entries.put(entry.name(), entry);
    }

    private byte[] encode(Entry entry) {
        byte[] value = codec.encode(entry);
        if (value.length > StateStore.MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("recurring task " + entry.name() + " has " + value.length
                    + " bytes, more than " + StateStore.MAX_VALUE_BYTES
                    + "; put what is large into a file and name the file");
        }
        return value;
    }

    private Optional<Entry> decode(Versioned kept) {
        try {
            return Optional.of(codec.decode(kept));
        } catch (StorageException e) {
            log.warn(
                    "{} cannot be read by this version; the recurring task does not run, and is kept until it is scheduled anew",
                    kept.key(),
                    e);
            return Optional.empty();
        }
    }

    private Entry require(String name, @Nullable Entry entry) {
        if (entry == null) {
            throw new IllegalArgumentException(
                    "there is no recurring task '" + name + "'; there are " + entries.keySet());
        }
        return entry;
    }
}
