package io.victorhub.testing;

import io.victorhub.journal.JournalFiles;
import io.victorhub.spi.store.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
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

    private static final class Node {
        byte[] cached = new byte[0];
        int length;
        byte[] durable = new byte[0];
        int durableLength;
        final TreeSet<Integer> dirty = new TreeSet<>();
    }

    /** When an operation fails: after some more of its kind, once or from then on. */
    private record Plan(int after, boolean always) {}

    private static final int PAGE = 64;

    private final Random random;
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private Map<Path, Node> names = new TreeMap<>();
    private Map<Path, Node> durableNames = new TreeMap<>();
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
            TreeMap<Path, Node> left = new TreeMap<>();
            TreeSet<Path> all = new TreeSet<>(names.keySet());
            all.addAll(durableNames.keySet());
            for (Path path : all) {
                Node node = random.nextBoolean() ? names.get(path) : durableNames.get(path);
                if (node != null) {
                    left.put(path, node);
                }
            }
            new HashSet<>(left.values()).forEach(this::loseUnforced);
            names = left;
            durableNames = new TreeMap<>(left);
        });
    }

    /** Flips one bit. */
    public void flip(Path file, int offset, int bit) {
        locked(() -> {
            Node node = names.get(file);
            node.cached[offset] ^= (byte) (1 << bit);
            node.durable = node.cached.clone();
            node.durableLength = node.length;
        });
    }

    /** {@return what a file holds; without what is only cached after a power cut} */
    public byte[] content(Path file) {
        byte[][] content = new byte[1][];
        locked(() -> {
            Node node = names.get(file);
            content[0] = Arrays.copyOf(node.cached, node.length);
        });
        return content[0];
    }

    /** Makes a file of what it holds, all of it forced. */
    public void put(Path file, byte[] content) {
        locked(() -> {
            Node node = new Node();
            node.cached = content.clone();
            node.length = content.length;
            node.durable = content.clone();
            node.durableLength = content.length;
            names.put(file, node);
            durableNames.put(file, node);
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
            Node node = names.get(file);
            if (node == null) {
                if (!writable) {
                    throw new NoSuchFileException(file.toString());
                }
                node = new Node();
                names.put(file, node);
            }
            return new Handle(node, life);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void move(Path file, Path to) throws IOException {
        act(Operation.MOVE, () -> {
            Node node = names.remove(file);
            if (node == null) {
                throw new NoSuchFileException(file.toString());
            }
            names.put(to, node);
        });
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
        private final Node node;
        private final int born;
        private boolean closed;

        Handle(Node node, int born) {
            this.node = node;
            this.born = born;
        }

        @Override
        public long length() throws IOException {
            lock.lock();
            try {
                requireOpen();
                return node.length;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int read(byte[] into, int start, int length, long position) throws IOException {
            lock.lock();
            try {
                requireOpen();
                int some = (int) Math.max(0, Math.min(length, node.length - position));
                System.arraycopy(node.cached, (int) position, into, start, some);
                return some;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void write(byte[] from, int start, int length, long position) throws IOException {
            act(
                    Operation.WRITE,
                    () -> {
                        requireOpen();
                        long room = capacity - used() + Math.max(0, node.length - position);
                        int fits = (int) Math.max(0, Math.min(length, room));
                        put(from, start, fits, (int) position);
                        if (fits < length) {
                            throw new IOException("No space left on device");
                        }
                    },
                    () -> put(from, start, random.nextInt(length + 1), (int) position));
        }

        @Override
        public void truncate(long length) throws IOException {
            act(Operation.TRUNCATE, () -> {
                requireOpen();
                if (length < node.length) {
                    Arrays.fill(node.cached, (int) length, node.length, (byte) 0);
                    if (length % PAGE != 0) {
                        node.dirty.add((int) length / PAGE);
                    }
                    node.dirty.tailSet(((int) length + PAGE - 1) / PAGE).clear();
                    node.length = (int) length;
                }
            });
        }

        @Override
        public void force() throws IOException {
            Node before = new Node(); // what is written meanwhile need not be in it
            locked(() -> {
                before.cached = Arrays.copyOf(node.cached, node.length);
                before.length = node.length;
                before.dirty.addAll(node.dirty);
            });
            act(
                    Operation.FORCE,
                    () -> {
                        requireOpen();
                        before.dirty.forEach(page -> persist(before, page, PAGE, node));
                        before.dirty.stream()
                                .filter(page -> isSame(before, page))
                                .forEach(node.dirty::remove);
                        persistLength(node, before.length);
                    },
                    () -> {
                        before.dirty.stream()
                                .filter(page -> random.nextBoolean())
                                .forEach(page -> persist(before, page, PAGE, node));
                        node.dirty.clear();
                    });
        }

        private boolean isSame(Node before, int page) {
            int start = page * PAGE;
            int end = Math.min(node.length, start + PAGE);
            return Arrays.equals(
                    before.cached,
                    Math.min(start, before.length),
                    Math.min(end, before.length),
                    node.cached,
                    start,
                    Math.max(start, end));
        }

        @Override
        public void close() {
            locked(() -> closed = true);
        }

        private void put(byte[] from, int start, int length, int position) {
            int end = position + length;
            if (end > node.cached.length) {
                node.cached = Arrays.copyOf(node.cached, Math.max(end, 2 * node.cached.length));
            }
            System.arraycopy(from, start, node.cached, position, length);
            node.length = Math.max(node.length, end);
            for (int page = position / PAGE; page * PAGE < end; page++) {
                node.dirty.add(page);
            }
            if (random.nextInt(4) == 0) {
                writeBack(node);
            }
        }

        private void requireOpen() throws IOException {
            if (closed || life != born) {
                throw new IOException("Stream Closed");
            }
        }
    }

    /** What a system does now and then without being asked. */
    private void writeBack(Node node) {
        List<Integer> some =
                node.dirty.stream().filter(page -> random.nextBoolean()).toList();
        some.forEach(page -> persist(node, page, PAGE, node));
        some.forEach(node.dirty::remove);
        persistLength(node, node.length);
    }

    private void loseUnforced(Node node) {
        for (int page : node.dirty) {
            int kept = random.nextInt(3);
            persist(node, page, kept == 0 ? 0 : kept == 1 ? PAGE : random.nextInt(PAGE), node);
        }
        node.dirty.clear();
        int most = Math.max(node.length, node.durableLength);
        int least = Math.min(node.length, node.durableLength);
        persistLength(
                node,
                switch (random.nextInt(3)) {
                    case 0 -> node.durableLength;
                    case 1 -> node.length;
                    default -> least + random.nextInt(most - least + 1);
                });
        node.durable = Arrays.copyOf(node.durable, node.durableLength);
        node.cached = node.durable.clone();
        node.length = node.durableLength;
    }

    private static void persist(Node from, int page, int bytes, Node node) {
        int start = page * PAGE;
        int end = Math.min(from.length, start + bytes);
        if (end > node.durable.length) {
            node.durable = Arrays.copyOf(node.durable, Math.max(end, 2 * node.durable.length));
        }
        if (end > start) {
            System.arraycopy(from.cached, start, node.durable, start, end - start);
        }
    }

    /** Behind the end of a file there are zeros, should it grow again. */
    private static void persistLength(Node node, int length) {
        node.durable = Arrays.copyOf(Arrays.copyOf(node.durable, length), Math.max(length, node.durable.length));
        node.durableLength = length;
    }

    private long used() {
        return names.values().stream().distinct().mapToLong(node -> node.length).sum();
    }

    private interface Action {
        void run() throws IOException;
    }

    private void act(Operation operation, Action action) throws IOException {
        act(operation, action, () -> {});
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

    private void pass(Operation operation) {
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
