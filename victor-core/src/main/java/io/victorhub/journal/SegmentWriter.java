package io.victorhub.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Writes at the end of one segment. One thread at a time writes; another may force meanwhile.
 *
 * <p>What is to be forced at once is written over zeros that were written before, some way ahead: then a force has no new
 * length and no new blocks to record, which takes half of its time.
 */
final class SegmentWriter {

    private static final int LEAST_AHEAD = 16 << 10;
    private static final int MOST_AHEAD = 256 << 10;
    private static final byte[] ZEROS = new byte[MOST_AHEAD];

    private final Segment segment;
    private final JournalFiles.OpenFile file;
    private int end; // behind what was written, told or not
    private long zerosUntil;
    private int ahead = LEAST_AHEAD;
    private boolean zerosFailed;
    private volatile boolean unforced = true;

    SegmentWriter(JournalFiles files, Segment segment) throws IOException {
        this.segment = segment;
        this.file = files.open(segment.file(), true);
        this.end = segment.length();
        this.zerosUntil = file.length();
    }

    /** Begins a segment: it is on disk, with its name, before the first record goes into it. */
    static SegmentWriter begin(JournalFiles files, Segment segment, byte[] preamble) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(Line.seal(segment.header()));
        if (preamble.length > 0) {
            head.writeBytes(Line.seal(preamble));
        }
        AtomicFiles.write(files, segment.file(), head.toByteArray());
        segment.grewTo(head.size());
        return new SegmentWriter(files, segment);
    }

    Segment segment() {
        return segment;
    }

    int end() {
        return end;
    }

    /** Makes sure that so many bytes go over zeros, if that is worth it and there is room. */
    void prepare(int bytes) {
        if (end + (long) bytes <= zerosUntil || bytes > MOST_AHEAD / 4 || zerosFailed) {
            return;
        }
        ahead = end > zerosUntil ? LEAST_AHEAD : Math.min(2 * ahead, MOST_AHEAD); // more only if they are made use of
        zerosUntil = Math.max(zerosUntil, end);
        try {
            while (zerosUntil < end + (long) bytes) {
                file.write(ZEROS, 0, ahead, zerosUntil);
                zerosUntil += ahead;
            }
        } catch (IOException e) {
            zerosFailed = true; // such as on a full disk, where what is written counts and not how fast
        }
    }

    /** Writes behind what was written. Nobody is told of it before {@link #tell}. */
    void write(byte[] bytes, int length) throws IOException {
        file.write(bytes, 0, length, end);
        unforced = true; // only now: a force that ended before the write would have cleared it
        end += length;
    }

    /** What was written is there now, to be read. */
    void tell() {
        segment.grewTo(end);
    }

    /** Takes back what nobody was told of, so that not even a power cut can bring it again. */
    void takeBack() throws IOException {
        end = segment.length();
        zerosUntil = end;
        file.truncate(end);
        file.force();
    }

    /** Nothing more is written. */
    void endHere() {
        try {
            if (zerosUntil > end || zerosFailed) {
                file.truncate(end);
            }
        } catch (IOException e) {
            zerosFailed = true; // zeros at the end are no damage
        }
    }

    /** Forces what was written before the call. One thread at a time calls this. */
    void force() throws IOException {
        if (unforced) {
            unforced = false; // before the force: what is written meanwhile is not in it
            file.force();
        }
    }

    void close() throws IOException {
        file.close();
    }
}
