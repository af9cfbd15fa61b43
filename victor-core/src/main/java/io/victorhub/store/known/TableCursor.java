package io.victorhub.store.known;

/** Goes through the entries of a table. */
final class TableCursor implements Cursor {

    private final long[] entries; // hash and place by turns
    private int at = -2;

    TableCursor(Table table) {
        this.entries = table.sorted();
    }

    @Override
    public boolean next() {
        at += 2;
        return at < entries.length;
    }

    @Override
    public long hash() {
        return entries[at];
    }

    @Override
    public long place() {
        return entries[at + 1];
    }
}
