package io.victorhub.store;

import java.nio.charset.StandardCharsets;

/**
 * A 64-bit hash of texts, with a key of the store's own, so that nobody who does not know it can hand in many ids of one
 * hash. Texts are hashed as UTF-8. The mixing is that of MurmurHash3's 64-bit finalizer (A. Appleby, public domain), once
 * for each eight bytes.
 */
final class Hashes {

    private final long key;

    Hashes(long key) {
        this.key = key;
    }

    long of(String text) {
        int length = text.length();
        long hash = key ^ length;
        long eight = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                return of(bytes, 0, bytes.length);
            }
            eight = eight << 8 | c;
            if ((i & 7) == 7) {
                hash = mix(hash ^ eight);
                eight = 0;
            }
        }
        return mix(hash ^ eight);
    }

    long of(byte[] bytes, int start, int end) {
        long hash = key ^ end - start;
        long eight = 0;
        for (int i = start; i < end; i++) {
            eight = eight << 8 | bytes[i] & 0xFF;
            if ((i - start & 7) == 7) {
                hash = mix(hash ^ eight);
                eight = 0;
            }
        }
        return mix(hash ^ eight);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ z >>> 33) * 0xFF51AFD7ED558CCDL;
        z = (z ^ z >>> 33) * 0xC4CEB9FE1A85EC53L;
        return z ^ z >>> 33;
    }
}
