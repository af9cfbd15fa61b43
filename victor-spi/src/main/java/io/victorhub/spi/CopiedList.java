package io.victorhub.spi;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A JSON array that was copied and checked once, and need not be again. Unmodifiable. */
final class CopiedList extends AbstractList<@Nullable Object> implements Copied, RandomAccess {

    private final @Nullable Object[] values;
    private final int height;

    /** @param values are copied themselves, and belong to the new list */
    CopiedList(@Nullable Object[] values) {
        this.values = values;
        this.height = 1 + Copied.highest(values);
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public @Nullable Object get(int index) {
        return values[index];
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }
}
