package io.victorhub.journal;

/**
 * Where a record stands.
 *
 * @param segment the number of its segment
 * @param offset of its first byte
 * @param length of its line, the line break included
 */
public record Place(int segment, int offset, int length) {

    /** {@return the offset behind it} */
    public int end() {
        return offset + length;
    }
}
