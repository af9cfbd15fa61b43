package io.victorhub.audit.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Keeps records as long as the process lives. */
final class MemoryShelf implements Shelf {

    private final ReentrantLock lock = new ReentrantLock(); // guards records
    private final List<byte[]> records = new ArrayList<>();

    @Override
    public int size() {
        return locked(records::size);
    }

    @Override
    public byte[] read(int index) {
        return locked(() -> records.get(index));
    }

    @Override
    public void add(byte[] record) {
        locked(() -> records.add(record));
    }

    @Override
    public void close() {
        // nothing is held but memory
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
