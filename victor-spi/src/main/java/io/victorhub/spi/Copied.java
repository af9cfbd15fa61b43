package io.victorhub.spi;

import org.jspecify.annotations.Nullable;

/** A list or map that {@link JsonValues} made. Nobody can change it, so a copy of it is itself. */
sealed interface Copied permits CopiedMap, CopiedList {

    /** {@return how many lists and maps lie within each other, this one included} */
    int height();

    /** {@return the height of the highest of {@code values}; 0 if none is a list or a map} */
    static int highest(@Nullable Object[] values) {
        int highest = 0;
        for (Object value : values) {
            if (value instanceof Copied copied) {
                highest = Math.max(highest, copied.height());
            }
        }
        return highest;
    }
}
