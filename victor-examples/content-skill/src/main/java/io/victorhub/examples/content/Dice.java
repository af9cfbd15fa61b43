package io.victorhub.examples.content;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/**
 * Chance that depends on the seed alone. The generator is SplitMix64, written out here because what the JDK's own
 * generators return may change from one Java release to the next. Not safe for use by several threads.
 */
final class Dice {

    private long state;

    Dice(long seed) {
        this.state = seed;
    }

    /** {@return a seed made of a text: its FNV-1a hash, the same everywhere} */
    static long seedOf(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** {@return a whole number from 0 to {@code bound - 1}} */
    int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    /** Puts a list into a new order. */
    void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, below(i + 1));
        }
    }

    /** {@return the next 64 bits} */
    long next() {
        state += 0x9e3779b97f4a7c15L;
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
