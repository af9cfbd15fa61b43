package io.victorhub.spi;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that was copied and checked once, and need not be again. Unmodifiable, in its order. Most objects have few
 * members: those lie side by side, and are found by looking at each.
 */
final class CopiedMap extends AbstractMap<String, @Nullable Object> implements Copied {

    private static final int FEW = 8;

    private final String[] names; // empty where there are many
    private final @Nullable Object[] values;
    private final @Nullable Map<String, @Nullable Object> many;
    private final int height;

    /** @param copies holds copies itself, and belongs to the new map */
    CopiedMap(LinkedHashMap<String, @Nullable Object> copies) {
        @Nullable Object[] all = copies.values().toArray();
        this.height = 1 + Copied.highest(all);
        boolean few = all.length <= FEW;
        this.names = few ? copies.keySet().toArray(new String[0]) : new String[0];
        this.values = few ? all : new @Nullable Object[0];
        this.many = few ? null : Collections.unmodifiableMap(copies);
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public int size() {
        return many == null ? names.length : many.size();
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return many == null ? indexOf(name) >= 0 : many.containsKey(name);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        if (many != null) {
            return many.get(name);
        }
        int index = indexOf(name);
        return index < 0 ? null : values[index];
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
        if (many != null) {
            many.forEach(action);
            return;
        }
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return many == null ? new Members() : many.entrySet();
    }

    @Override
    public @Nullable Object remove(@Nullable Object name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    private int indexOf(@Nullable Object name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private final class Members extends AbstractSet<Map.Entry<String, @Nullable Object>> {
        @Override
        public int size() {
            return names.length;
        }

        @Override
        public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < names.length;
                }

                @Override
                public Map.Entry<String, @Nullable Object> next() {
                    if (next == names.length) {
                        throw new NoSuchElementException();
                    }
                    int i = next++;
                    return new SimpleImmutableEntry<>(names[i], values[i]);
                }
            };
        }
    }
}
