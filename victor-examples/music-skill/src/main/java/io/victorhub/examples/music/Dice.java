package io.victorhub.examples.music;

import java.nio.charset.StandardCharsets;
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

    /** {@return a whole number from {@code low} to {@code high}, both included} */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** {@return a number from 0 to just below 1} */
    double fraction() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** {@return true in {@code percent} of 100 cases} */
    boolean chance(int percent) {
        return below(100) < percent;
    }

    /** {@return one of the elements} */
    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** {@return dice of their own for part {@code number} of a work, whatever else was rolled} */
    static Dice forPart(long seed, int number) {
        return new Dice(new Dice(seed ^ (number * 0x9e3779b97f4a7c15L)).next());
    }

    /** {@return the next 64 bits} */
    long next() {
        state += 0x9e3779b97f4a7c15L;
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
