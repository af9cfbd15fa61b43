package io.victorhub.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** A file as the processes see it, and as it is on the disk. Used by one thread at a time. */
final class CachedFile {

    private static final int PAGE = 64;

    private final Random random;
    private byte[] cached = new byte[0];
    private int length;
    private byte[] durable = new byte[0];
    private int durableLength;
    private final TreeSet<Integer> dirty = new TreeSet<>(); // pages that the system knows it has to write

    CachedFile(Random random) {
        this.random = random;
    }

    int length() {
        return length;
    }

    byte[] content() {
        return Arrays.copyOf(cached, length);
    }

    int read(byte[] into, int start, int most, int position) {
        int some = Math.max(0, Math.min(most, length - position));
        System.arraycopy(cached, position, into, start, some);
        return some;
    }

    void write(byte[] from, int start, int bytes, int position) {
        int end = position + bytes;
        if (end > cached.length) {
            cached = Arrays.copyOf(cached, Math.max(end, 2 * cached.length));
        }
        System.arraycopy(from, start, cached, position, bytes);
        length = Math.max(length, end);
        for (int page = position / PAGE; page * PAGE < end; page++) {
            dirty.add(page);
        }
        if (random.nextInt(4) == 0) {
            writeSomeBack();
        }
    }

    void truncate(int to) {
        if (to >= length) {
            return;
        }
        Arrays.fill(cached, to, length, (byte) 0);
        dirty.tailSet((to + PAGE - 1) / PAGE).clear();
        if (to % PAGE != 0) {
            dirty.add(to / PAGE);
        }
        length = to;
    }

    /** {@return what a force that begins now has to bring to the disk} */
    CachedFile copy() {
        CachedFile copy = new CachedFile(random);
        copy.cached = content();
        copy.length = length;
        copy.durableLength = durableLength;
        copy.dirty.addAll(dirty);
        return copy;
    }

    /** Brings to the disk what was there when {@code copy} was taken. */
    void force(CachedFile copy) {
        copy.dirty.retainAll(dirty); // others were written back meanwhile, as they are now
        copy.dirty.forEach(page -> persist(copy, page, PAGE));
        copy.dirty.stream().filter(page -> isAsIn(copy, page)).forEach(dirty::remove);
        if (durableLength == copy.durableLength) {
            persistLength(copy.length);
        }
    }

    /** Brings some of it to the disk; the system thinks then that it was all. */
    void failToForce(CachedFile copy) {
        copy.dirty.retainAll(dirty);
        copy.dirty.stream().filter(page -> random.nextBoolean()).forEach(page -> persist(copy, page, PAGE));
        dirty.clear();
    }

    /** Brings all to the disk. */
    void settle() {
        force(copy());
    }

    /** {@return whether these bytes would be there after a power cut} */
    boolean isForced(int offset, int bytes) {
        return offset + bytes <= durableLength
                && Arrays.equals(cached, offset, offset + bytes, durable, offset, offset + bytes);
    }

    void flip(int offset, int bit) {
        cached[offset] ^= (byte) (1 << bit);
        dirty.add(offset / PAGE);
        settle();
    }

    /** Of what was not forced, any part is there afterwards. */
    void losePower() {
        for (int page : dirty) {
            int kept = random.nextInt(3);
            persist(this, page, kept == 0 ? 0 : kept == 1 ? PAGE : random.nextInt(PAGE));
        }
        dirty.clear();
        int most = Math.max(length, durableLength);
        int least = Math.min(length, durableLength);
        int any = least + random.nextInt(most - least + 1);
        persistLength(List.of(durableLength, length, any).get(random.nextInt(3)));
        durable = Arrays.copyOf(durable, durableLength);
        cached = durable.clone();
        length = durableLength;
    }

    /** What a system does now and then without being asked. */
    private void writeSomeBack() {
        List<Integer> some = dirty.stream().filter(page -> random.nextBoolean()).toList();
        some.forEach(page -> persist(this, page, PAGE));
        some.forEach(dirty::remove);
        persistLength(length);
    }

    private void persist(CachedFile from, int page, int bytes) {
        int start = page * PAGE;
        int end = Math.min(from.length, start + bytes);
        if (end > durable.length) {
            durable = Arrays.copyOf(durable, Math.max(end, 2 * durable.length));
        }
        if (end > start) {
            System.arraycopy(from.cached, start, durable, start, end - start);
        }
    }

    /** Behind the end of a file there are zeros, should it grow again. */
    private void persistLength(int to) {
        durable = Arrays.copyOf(Arrays.copyOf(durable, to), Math.max(to, durable.length));
        durableLength = to;
    }

    private boolean isAsIn(CachedFile copy, int page) {
        int start = page * PAGE;
        int end = Math.min(length, start + PAGE);
        return end <= copy.length && Arrays.equals(copy.cached, start, end, cached, start, end);
    }
}
