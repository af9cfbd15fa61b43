package io.victorhub.audit.chain;

import io.victorhub.audit.Audit;
import io.victorhub.audit.AuditCheck;
import io.victorhub.audit.AuditEntry;
import io.victorhub.journal.JournalSettings;
import io.victorhub.spi.JsonValues;
import io.victorhub.spi.store.StorageException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of a hub: adds entries, one at a time, and reads them. Adding costs one force, however many there are. */
public final class AuditChain implements Audit, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AuditChain.class);

    private final Shelf shelf;
    private final String where;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock(); // guards the end: one entry at a time is forged and kept
    private byte[] lastHash = Link.NO_HASH;
    private long lastNumber;

    AuditChain(Shelf shelf, String where, InstantSource clock) {
        this.shelf = shelf;
        this.where = where;
        this.clock = clock;
        readEnd();
    }

    /** {@return a record that lasts as long as the process} */
    public static AuditChain inMemory(InstantSource clock) {
        return new AuditChain(new MemoryShelf(), "memory", clock);
    }

    /**
     * {@return the record in {@code folder}} The folder is made with the first entry. What a killed process left half
     * written is set aside, and an entry says so.
     *
     * @throws StorageException if it cannot be read, or another process has it
     */
    public static AuditChain at(Path folder, InstantSource clock, ThreadFactory threads) {
        JournalShelf shelf = new JournalShelf(folder, JournalSettings.of(clock, ZoneOffset.UTC, threads));
        try {
            AuditChain chain = new AuditChain(shelf, folder.toString(), clock);
            for (String file : shelf.mended()) {
                chain.add(
                        "hub",
                        "audit.mended",
                        file,
                        "what was not whole when the audit was opened is set aside in this file",
                        Map.of());
            }
            return chain;
        } catch (RuntimeException | Error e) {
            shelf.close();
            throw e;
        }
    }

    /**
     * Adds an entry, which is durable when this returns.
     *
     * @return the entry, with its number and hash
     * @throws IllegalArgumentException if actor or reason is blank or too long, or something is no JSON
     * @throws StorageException if it cannot be kept; what it tells of must not be done then
     */
    public AuditEntry add(
            String actor, String action, String subject, String reason, Map<String, @Nullable Object> details) {
        requireText("an actor", actor, AuditEntry.LONGEST_NAME);
        requireText("a reason", reason, AuditEntry.LONGEST_REASON);
        Map<String, @Nullable Object> copied = JsonValues.copyOfObject("details", details);
        JsonValues.copyOf(List.of(actor, action, subject, reason)); // refuses what is no text for JSON
        Instant now = clock.instant();
        lock.lock();
        try {
            byte[] link = Link.forge(lastNumber + 1, now, actor, action, subject, reason, copied, lastHash);
            shelf.add(link);
            lastNumber++;
            lastHash = Objects.requireNonNull(Link.saidHash(link), "an entry has a hash");
            return Link.read(link);
        } catch (StorageException e) {
            throw new StorageException(
                    "the audit in " + where + " cannot record " + action + " " + subject + " of " + actor
                            + ", so it was not done: " + e.getMessage(),
                    e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Checks who does something, and why.
     *
     * @throws IllegalArgumentException if one of them is blank or too long
     */
    public static void requireWord(String actor, String reason) {
        requireText("an actor", actor, AuditEntry.LONGEST_NAME);
        requireText("a reason", reason, AuditEntry.LONGEST_REASON);
    }

    @Override
    public List<AuditEntry> read(long after, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("a page of " + max + " audit entries; ask for 1 or more");
        }
        int size = shelf.size();
        int from = firstBehind(after, size);
        List<AuditEntry> page = new ArrayList<>();
        for (int i = from; i < size && page.size() < max; i++) {
            page.add(entry(i));
        }
        return page;
    }

    @Override
    public Optional<AuditEntry> last() {
        int size = shelf.size();
        return size == 0 ? Optional.empty() : Optional.of(entry(size - 1));
    }

    @Override
    public long size() {
        return shelf.size();
    }

    @Override
    public AuditCheck verify() {
        byte[] before = Link.NO_HASH;
        int size = shelf.size();
        for (int i = 0; i < size; i++) {
            String wrong;
            byte[] link = null;
            try {
                link = shelf.read(i);
                wrong = wrong(link, i + 1L, before);
            } catch (StorageException e) {
                wrong = "it cannot be read: " + e.getMessage();
            }
            if (wrong != null || link == null) {
                return new AuditCheck(
                        i,
                        OptionalLong.of(i + 1L),
                        "entry " + (i + 1L) + " of the audit in " + where + " does not fit: " + wrong
                                + "; compare it with a backup");
            }
            before = Link.trueHash(before, link);
        }
        return new AuditCheck(size, OptionalLong.empty(), size + " entries, all as they were written");
    }

    /** Idempotent. */
    @Override
    public void close() {
        shelf.close();
    }

    private static @Nullable String wrong(byte[] link, long number, byte[] before) {
        byte[] said = Link.saidHash(link);
        if (said == null) {
            return "it has no hash";
        }
        long found = Link.read(link).number();
        if (found != number) {
            return "entry " + found + " stands in its place";
        }
        return Arrays.equals(said, Link.trueHash(before, link)) ? null : "it or one before it was altered";
    }

    /** {@return the index of the first entry of a higher number} Numbers rise, and few are missing, if any. */
    private int firstBehind(long after, int size) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (entry(middle).number() <= after) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private AuditEntry entry(int index) {
        try {
            return Link.read(shelf.read(index));
        } catch (StorageException e) {
            throw new StorageException(
                    "entry " + (index + 1L) + " of the audit in " + where + " cannot be read: " + e.getMessage()
                            + "; verify() says where the chain breaks",
                    e);
        }
    }

    /** A chain that is broken goes on behind its last entry that can be read: it is for verify to tell. */
    private void readEnd() {
        for (int i = shelf.size() - 1; i >= 0; i--) {
            try {
                byte[] link = shelf.read(i);
                byte[] said = Link.saidHash(link);
                long number = Link.read(link).number();
                if (said != null) {
                    lastHash = said;
                    lastNumber = number;
                    if (number != shelf.size()) {
                        log.warn(
                                "the audit in {} has {} entries, and its last one has number {}; some are missing, see hub.audit().verify()",
                                where,
                                shelf.size(),
                                number);
                    }
                    return;
                }
            } catch (StorageException e) {
                log.warn("entry {} of the audit in {} cannot be read, see hub.audit().verify()", i + 1L, where, e);
            }
        }
    }

    private static void requireText(String what, String text, int longest) {
        Objects.requireNonNull(text, what);
        if (text.isBlank() || text.length() > longest) {
            throw new IllegalArgumentException(what + " has " + text.length() + " characters"
                    + (text.isBlank() ? ", none of which says anything" : "") + "; it must have 1 to " + longest);
        }
    }
}
