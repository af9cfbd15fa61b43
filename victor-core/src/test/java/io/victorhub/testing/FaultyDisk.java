package io.victorhub.testing;

import io.victorhub.journal.JournalFiles;
import io.victorhub.spi.store.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A disk with its page cache, in memory, that fails as disks do: what was not forced may be lost at a power cut in any
 * subset of pages, a page may be torn, writes and forces may fail, there may be no room, bits may flip. After a force
 * failed, its pages count as clean, and a later force does not write them.
 */
public final class FaultyDisk implements JournalFiles {

    /** What can be made to fail. */
    public enum Operation {
        READ,
        WRITE,
        FORCE,
        TRUNCATE,
        MOVE
    }

    /** Holds a thread in an operation until it is opened. */
    public static final class Gate {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        private Gate() {}

        /** Waits until a thread is held. */
        public void awaitHeld() throws InterruptedException {
            entered.await();
        }

        /** Lets it go on. */
        public void open() {
            opened.countDown();
        }
    }

    /** When an operation fails: after some more of its kind, once or from then on. */
    private record Plan(int after, boolean always) {}

    private final Random random;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private Map<Path, CachedFile> names = new TreeMap<>();
    private Map<Path, CachedFile> durableNames = new TreeMap<>();
    private final Set<Path> locked = new TreeSet<>();
    private final Map<Operation, Plan> plans = new EnumMap<>(Operation.class);
    private final Map<Operation, Gate> gates = new EnumMap<>(Operation.class);
    private final Map<Operation, Integer> done = new EnumMap<>(Operation.class);
    private long capacity = Long.MAX_VALUE;
    private int life;

    /** A disk whose faults are drawn from {@code random}. */
    public FaultyDisk(Random random) {
        this.random = random;
    }

    /** The {@code after}-th operation of this kind from now on fails, counted from 0; then all is well again. */
    public void failOnce(Operation operation, int after) {
        locked(() -> plans.put(operation, new Plan(after, false)));
    }

    /** Every operation of this kind fails from now on. */
    public void failAlways(Operation operation) {
        locked(() -> plans.put(operation, new Plan(0, true)));
    }

    /** Nothing fails any more. */
    public void heal() {
        locked(plans::clear);
    }

    /** Holds the next thread that does this, before it does. */
    public Gate hold(Operation operation) {
        Gate gate = new Gate();
        locked(() -> gates.put(operation, gate));
        return gate;
    }

    /** {@return how often this was done or tried} */
    public int count(Operation operation) {
        int[] count = new int[1];
        locked(() -> count[0] = done.getOrDefault(operation, 0));
        return count[0];
    }

    /** So much more fits on the disk. */
    public void leaveRoomFor(long bytes) {
        locked(() -> capacity = used() + bytes);
    }

    /** There is room again. */
    public void makeRoom() {
        locked(() -> capacity = Long.MAX_VALUE);
    }

    /** The process dies: its files are closed, what it wrote is there. */
    public void kill() {
        locked(() -> {
            life++;
            locked.clear();
        });
    }

    /** The power fails: of what was not forced, any part is there. */
    public void cutPower() {
        locked(() -> {
            life++;
            locked.clear();
            TreeMap<Path, CachedFile> left = new TreeMap<>();
            TreeSet<Path> all = new TreeSet<>(names.keySet());
            all.addAll(durableNames.keySet());
            for (Path path : all) {
                CachedFile found = random.nextBoolean() ? names.get(path) : durableNames.get(path);
                if (found != null) {
                    left.put(path, found);
                }
            }
            new HashSet<>(left.values()).forEach(CachedFile::losePower);
            names = left;
            durableNames = new TreeMap<>(left);
        });
    }

    /** Flips one bit. */
    public void flip(Path file, int offset, int bit) {
        locked(() -> file(file).flip(offset, bit));
    }

    /** {@return whether bytes of a file would be there after a power cut} */
    public boolean isForced(Path file, int offset, int bytes) {
        boolean[] forced = new boolean[1];
        locked(() -> forced[0] = file(file).isForced(offset, bytes));
        return forced[0];
    }

    /** {@return what a file holds, as the processes see it} */
    public byte[] content(Path file) {
        byte[][] content = new byte[1][];
        locked(() -> content[0] = file(file).content());
        return content[0];
    }

    /** Makes a file of what it holds, all of it forced. */
    public void put(Path file, byte[] content) {
        locked(() -> {
            CachedFile made = new CachedFile(random);
            made.write(content, 0, content.length, 0);
            made.settle();
            names.put(file, made);
            durableNames.put(file, made);
        });
    }

    @Override
    public void makeFolder(Path folder) {
        // folders are there
    }

    @Override
    public Closeable lock(Path folder, String what) {
        boolean[] taken = new boolean[1];
        locked(() -> taken[0] = locked.add(folder));
        if (!taken[0]) {
            throw new StorageException(what + " " + folder + " is in use");
        }
        int now = life;
        return () -> locked(() -> {
            if (life == now) {
                locked.remove(folder);
            }
        });
    }

    @Override
    public List<String> list(Path folder) {
        String[][] found = new String[1][];
        locked(() -> found[0] = names.keySet().stream()
                .filter(path -> folder.equals(path.getParent()))
                .map(path -> String.valueOf(path.getFileName()))
                .toArray(String[]::new));
        return List.of(found[0]);
    }

    @Override
    public OpenFile open(Path file, boolean writable) throws IOException {
        lock.lock();
        try {
            CachedFile found = names.get(file);
            if (found == null) {
                if (!writable) {
                    throw new NoSuchFileException(file.toString());
                }
                found = new CachedFile(random);
                names.put(file, found);
            }
            return new Handle(found, life);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void move(Path file, Path to) throws IOException {
        Action moved = () -> {
            CachedFile found = names.remove(file);
            if (found == null) {
                throw new NoSuchFileException(file.toString());
            }
            names.put(to, found);
        };
        act(Operation.MOVE, moved, () -> {});
    }

    @Override
    public void delete(Path file) {
        locked(() -> names.remove(file));
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        locked(() -> durableNames = new TreeMap<>(names));
    }

    private final class Handle implements OpenFile {
        private final CachedFile file;
        private final int born;
        private boolean closed;

        Handle(CachedFile file, int born) {
            this.file = file;
            this.born = born;
        }

        @Override
        public long length() throws IOException {
            lock.lock();
            try {
                requireOpen();
                return file.length();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int read(byte[] into, int start, int length, long position) throws IOException {
            int[] some = new int[1];
            act(Operation.READ, () -> some[0] = file.read(into, start, length, (int) position));
            return some[0];
        }

        @Override
        public void write(byte[] from, int start, int length, long position) throws IOException {
            act(
                    Operation.WRITE,
                    () -> {
                        long room = capacity - used() + Math.max(0, file.length() - position);
                        int fits = (int) Math.max(0, Math.min(length, room));
                        file.write(from, start, fits, (int) position);
                        if (fits < length) {
                            throw new IOException("No space left on device");
                        }
                    },
                    () -> file.write(from, start, random.nextInt(length + 1), (int) position));
        }

        @Override
        public void truncate(long length) throws IOException {
            act(Operation.TRUNCATE, () -> file.truncate((int) length));
        }

        @Override
        public void force() throws IOException {
            CachedFile[] before = new CachedFile[1]; // what is written meanwhile need not be in it
            locked(() -> before[0] = file.copy());
            act(Operation.FORCE, () -> file.force(before[0]), () -> file.failToForce(before[0]));
        }

        @Override
        public void close() {
            locked(() -> closed = true);
        }

        private void act(Operation operation, Action action) throws IOException {
            act(operation, action, () -> {});
        }

        private void act(Operation operation, Action action, Runnable whatIsDoneOfItWhenItFails) throws IOException {
            FaultyDisk.this.act(
                    operation,
                    () -> {
                        requireOpen();
                        action.run();
                    },
                    whatIsDoneOfItWhenItFails);
        }

        private void requireOpen() throws IOException {
            if (closed || life != born) {
                throw new IOException("Stream Closed");
            }
        }
    }

    private CachedFile file(Path path) {
        return Objects.requireNonNull(names.get(path), () -> "no file " + path);
    }

    private long used() {
        return names.values().stream().distinct().mapToLong(CachedFile::length).sum();
    }

    private interface Action {
        void run() throws IOException;
    }

    private void act(Operation operation, Action action, Runnable whatIsDoneOfItWhenItFails) throws IOException {
        pass(operation);
        lock.lock();
        try {
            done.merge(operation, 1, Integer::sum);
            Plan plan = plans.get(operation);
            if (plan != null && plan.after() == 0) {
                if (!plan.always()) {
                    plans.remove(operation);
                }
                whatIsDoneOfItWhenItFails.run();
                throw new IOException("Input/output error");
            }
            if (plan != null) {
                plans.put(operation, new Plan(plan.after() - 1, plan.always()));
            }
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Lets others in between, or holds whoever comes, before anything is done. */
    private void pass(Operation operation) {
        for (int i = ThreadLocalRandom.current().nextInt(6); i > 0; i--) {
            Thread.yield();
        }
        @Nullable Gate gate;
        lock.lock();
        try {
            gate = gates.remove(operation);
        } finally {
            lock.unlock();
        }
        if (gate == null) {
            return;
        }
        gate.entered.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                gate.opened.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
