package io.victorhub.audit.chain;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps records as long as the process lives. A hub in memory has few of them. */
final class MemoryShelf implements Shelf {

    private final List<byte[]> records = new CopyOnWriteArrayList<>();

    @Override
    public int size() {
        return records.size();
    }

    @Override
    public byte[] read(int index) {
        return records.get(index);
    }

    @Override
    public void add(byte[] record) {
        records.add(record);
    }

    @Override
    public void close() {
        // nothing is held but memory
    }
}
