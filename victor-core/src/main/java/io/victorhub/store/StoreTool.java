package io.victorhub.store;

import io.victorhub.journal.JournalCheck;
import io.victorhub.json.JsonBytes;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.SensitiveKeys;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.StoreContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the store of a hub that is not running: lists its files, checks them, mends them, and writes tasks and log out as
 * JSON lines. It holds the store's lock meanwhile; one that a hub has open is refused.
 *
 * <pre>java -cp victor-core.jar:… io.victorhub.store.StoreTool verify victor-home/store</pre>
 *
 * @since 0.1
 */
public final class StoreTool {

    private static final StoreCodec CODEC = Stores.codec();
    private static final String USAGE = """
            usage: StoreTool verify <store>              lists the files of the store, and what of them is damaged
                   StoreTool repair <store>              mends it: damage is set aside, the rest goes on
                   StoreTool export-tasks <store> <file> [<key> ...]
                                                         writes tasks that are not settled for good, as JSON lines
                   StoreTool export-log <store> <file> [<key> ...]
                                                         writes the log, as JSON lines
            <key> is a pattern of what shall be hidden in inputs, context, output and metadata, such as *.password
            <store> is the folder 'store' in the home of a hub that is not running""";

    private StoreTool() {}

    /** Runs one command; see the usage that it prints without any. Ends with 0, 1 for damage, 2 for what cannot be done. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            String command = arguments.length < 2 ? "" : arguments[0];
            if (command.equals("verify") && arguments.length == 2) {
                return told(verify(Path.of(arguments[1])), out);
            } else if (command.equals("repair") && arguments.length == 2) {
                int result = told(repair(Path.of(arguments[1])), out);
                out.println(
                        result == 0
                                ? "nothing was damaged; a line that a dying process left unfinished, if there was one, is set aside"
                                : "it is mended; what was damaged is set aside");
                return 0;
            } else if (command.startsWith("export-") && arguments.length >= 3) {
                SensitiveKeys hidden = SensitiveKeys.of(Arrays.copyOfRange(arguments, 3, arguments.length));
                return export(command, Path.of(arguments[1]), Path.of(arguments[2]), hidden, out);
            }
            err.println(USAGE);
        } catch (StorageException | IllegalArgumentException e) {
            err.println(e.getMessage());
        } catch (IOException e) {
            err.println("the file cannot be written: " + e);
        }
        return 2;
    }

    private static int told(StoreReport report, PrintStream out) {
        out.println(report);
        return report.isSound() ? 0 : 1;
    }

    private static int export(String command, Path store, Path file, SensitiveKeys hidden, PrintStream out)
            throws IOException {
        boolean tasks = command.equals("export-tasks");
        if (!tasks && !command.equals("export-log")) {
            throw new StorageException("'" + command + "' is no command; there are export-tasks and export-log");
        }
        try (OutputStream to = Files.newOutputStream(file)) {
            long count = tasks ? exportTasks(store, to, hidden) : exportLog(store, to, hidden);
            out.println(count + (tasks ? " tasks" : " log entries") + " are in " + file);
        }
        return 0;
    }

    /**
     * Reads everything, and changes nothing.
     *
     * @param store the folder {@code store} in the home of a hub
     * @throws StorageException if it cannot be read, or a hub has it open
     */
    public static StoreReport verify(Path store) {
        return new Reading(store, fact -> {}).report();
    }

    /**
     * Mends the store as an opening does, and makes anew what is derived from its journal. Attempts that a dead process left
     * are ended.
     *
     * @param store the folder {@code store} in the home of a hub
     * @return what was found before
     * @throws StorageException if it cannot be read or written, or a hub has it open
     */
    public static StoreReport repair(Path store) {
        StoreReport before = verify(store);
        try {
            Files.deleteIfExists(store.resolve("checkpoint"));
        } catch (IOException e) {
            throw new StorageException("the checkpoint of " + store + " cannot be deleted: " + e, e);
        }
        try (Store opened = Stores.embedded().open(new Context(store))) {
            opened.tasks().stats();
        }
        return before;
    }

    /**
     * Writes the log as JSON lines, in its order: each an entry with the members that it has in the journal.
     *
     * @return how many entries
     * @throws StorageException if the store cannot be read, or a hub has it open
     * @throws IOException if {@code to} fails
     */
    public static long exportLog(Path store, OutputStream to) throws IOException {
        return exportLog(store, to, SensitiveKeys.NONE);
    }

    /**
     * The same with what is sensitive in output and metadata hidden. Messages and log lines are as they are in the store: what
     * {@code HubBuilder.sensitive} means is not in them.
     *
     * @return how many entries
     * @throws StorageException if the store cannot be read, or a hub has it open
     * @throws IOException if {@code to} fails
     */
    public static long exportLog(Path store, OutputStream to, SensitiveKeys hidden) throws IOException {
        long[] count = {0};
        writing(() -> new Reading(store, fact -> {
            for (Payload<LogEntry> entry : JournalLog.entries(fact)) {
                line(to, hidden.isEmpty() ? entry.json() : CODEC.encode(hidden.redact(entry.value())));
                count[0]++;
            }
        }));
        return count[0];
    }

    /**
     * Writes the tasks that are not settled for good as JSON lines, in the order of their submission: {@code status},
     * {@code attempts}, and {@code task}, which is as it was submitted.
     *
     * @return how many tasks
     * @throws StorageException if the store cannot be read, or a hub has it open
     * @throws IOException if {@code to} fails
     */
    public static long exportTasks(Path store, OutputStream to) throws IOException {
        return exportTasks(store, to, SensitiveKeys.NONE);
    }

    /**
     * The same with what is sensitive in inputs and context hidden.
     *
     * @return how many tasks
     * @throws StorageException if the store cannot be read, or a hub has it open
     * @throws IOException if {@code to} fails
     */
    public static long exportTasks(Path store, OutputStream to, SensitiveKeys hidden) throws IOException {
        Reading reading = new Reading(store, fact -> {});
        TaskTable table = reading.ledger.table;
        long[] count = {0};
        writing(() -> new Reading(store, fact -> {
            for (Fact.Added added : carried(fact)) {
                QueuedTask task = table.get(added.sequence());
                if (task != null) {
                    JsonBytes line = new JsonBytes(256)
                            .raw("{\"status\":\"")
                            .raw(task.status().name());
                    line.raw("\",\"attempts\":").number(task.attempts()).raw(",\"task\":");
                    line(
                            to,
                            line.raw(CODEC.encode(
                                            hidden.redact(added.submission().value())))
                                    .raw("}")
                                    .toBytes());
                    table.remove(added.sequence()); // it may be written down again further on
                    count[0]++;
                }
            }
        }));
        return count[0];
    }

    private static List<Fact.Added> carried(Fact fact) {
        if (fact instanceof Fact.Added added) {
            return List.of(added);
        } else if (fact instanceof Fact.Moved moved) {
            return List.of(new Fact.Added(
                    moved.image().sequence(), moved.at(), moved.image().how(), moved.submission()));
        }
        return fact instanceof Fact.Ended ended ? ended.followUps() : List.of();
    }

    private static void line(OutputStream to, byte[] json) {
        try {
            to.write(json);
            to.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writing(Runnable work) throws IOException {
        try {
            work.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private interface Visitor {
        void visit(Fact fact);
    }

    /** One pass over a journal, into a table of its own. */
    private static final class Reading {
        private final FactReader reader = new FactReader(CODEC);
        private final Ledger ledger = new Ledger(
                new TaskTable(Duration.ZERO),
                new Nowhere(),
                new MemoryRecorder(CODEC),
                InstantSource.system(),
                new Wakers(Thread::new, InstantSource.system()),
                0);
        private final PartCounts counts = new PartCounts();
        private final List<String> notUnderstood = new ArrayList<>();
        private final List<JournalCheck.CheckedFile> files;
        private final Visitor visitor;

        Reading(Path store, Visitor visitor) {
            this.visitor = visitor;
            if (!Files.isDirectory(store)) {
                throw new StorageException(
                        "there is no store in " + store + "; give the folder 'store' in the home of a hub");
            }
            this.files = JournalCheck.read(store, this::visit);
            if (files.isEmpty()) {
                Path inside = store.resolve("store");
                throw new StorageException("there is no file of a journal in " + store
                        + (Files.isDirectory(inside) ? "; give " + inside : "; if there was one, restore a backup"));
            }
        }

        private void visit(int segment, int offset, byte[] bytes, int start, int end) {
            Fact fact;
            try {
                fact = reader.whole(bytes, start, end);
            } catch (RuntimeException e) {
                notUnderstood.add(
                        segment + ":the record at byte " + offset + " cannot be understood: " + e.getMessage());
                return;
            }
            counts.add(segment, fact);
            ledger.replay(new AtPlace(fact, Where.of(segment, offset, 0)));
            visitor.visit(fact);
        }

        StoreReport report() {
            List<StoreReport.StoreFile> all = new ArrayList<>();
            long entries = 0;
            long lost = 0;
            for (JournalCheck.CheckedFile file : files) {
                List<String> damage = new ArrayList<>();
                for (JournalCheck.Damage one : file.damaged()) {
                    if (!one.torn()) {
                        damage.add("%d bytes from byte %d on are no whole record; %d records before and %d behind are"
                                .formatted(
                                        one.bytes(),
                                        one.offset(),
                                        one.recordsBefore(),
                                        file.records() - one.recordsBefore()));
                        lost += one.bytes();
                    }
                }
                String prefix = file.number() + ":";
                notUnderstood.stream()
                        .filter(one -> one.startsWith(prefix))
                        .forEach(one -> damage.add(one.substring(prefix.length())));
                long inFile = counts.get(file.number()).entries();
                entries += inFile;
                all.add(new StoreReport.StoreFile(
                        file.file(), file.day(), file.bytes(), file.records(), inFile, damage));
            }
            return new StoreReport(all, entries, ledger.table.stats(), lost);
        }
    }

    /** Settled tasks are counted, and that is all. */
    private static final class Nowhere implements Archive {
        @Override
        public void add(SettledTask task, long hash, long record) {
            // nobody asks
        }

        @Override
        public @Nullable SettledTask find(String id, long hash) {
            return null;
        }

        @Override
        public List<SettledTask> list(long after, long until, int max) {
            return List.of();
        }

        @Override
        public void remove(String id, long sequence) {
            // it is not there
        }
    }

    private record AtPlace(Fact fact, long place) implements Recorder.Receipt {
        @Override
        public List<Fact> facts() {
            return List.of(fact);
        }

        @Override
        public long record(int index) {
            return place;
        }

        @Override
        public long submission(int index, int number) {
            return place + number;
        }

        @Override
        public long entry(int index, int number) {
            return place + number;
        }
    }

    private record Context(Path directory) implements StoreContext {
        @Override
        public StoreCodec codec() {
            return CODEC;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public ThreadFactory threads() {
            return Thread::new;
        }

        @Override
        public String node() {
            return "store-tool";
        }

        @Override
        public Duration ageingStep() {
            return Duration.ofMinutes(10);
        }
    }
}
