package io.victorhub.journal;

import io.victorhub.spi.meter.Meters;
import io.victorhub.spi.store.StorageException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * How a journal works. Made by {@link #of} and changed by the others.
 *
 * @param segmentBytes how long a segment grows before the next is begun
 * @param reserveBytes how much is set aside for what must be kept when the disk is full; 0 for nothing
 * @param forceWithin how long {@link Force#SOON} may wait
 * @param clock tells the day
 * @param zone where a day begins
 * @param threads makes the thread that forces what need not be forced at once
 * @param onBroken told once, without locks, when the disk failed so that nothing more is taken
 * @param files where everything is
 * @param meters where it is counted what is written and forced
 */
public record JournalSettings(
        int segmentBytes,
        int reserveBytes,
        Duration forceWithin,
        InstantSource clock,
        ZoneId zone,
        ThreadFactory threads,
        Consumer<StorageException> onBroken,
        JournalFiles files,
        Meters meters) {

    /** Checks them. */
    public JournalSettings {
        if (segmentBytes < 1 || reserveBytes < 0 || forceWithin.isNegative()) {
            throw new IllegalArgumentException("a journal cannot have segments of " + segmentBytes
                    + " bytes, a reserve of " + reserveBytes + ", or force within " + forceWithin);
        }
    }

    /** {@return segments of 32 MiB, a reserve of 4 MiB, forced within 2 ms, in the files of the system} */
    public static JournalSettings of(InstantSource clock, ZoneId zone, ThreadFactory threads) {
        return new JournalSettings(
                32 << 20,
                4 << 20,
                Duration.ofMillis(2),
                clock,
                zone,
                threads,
                broken -> {},
                JournalFiles.real(),
                Meters.none());
    }

    /** {@return these with segments of another length} */
    public JournalSettings withSegmentBytes(int bytes) {
        return new JournalSettings(bytes, reserveBytes, forceWithin, clock, zone, threads, onBroken, files, meters);
    }

    /** {@return these with another reserve} */
    public JournalSettings withReserveBytes(int bytes) {
        return new JournalSettings(segmentBytes, bytes, forceWithin, clock, zone, threads, onBroken, files, meters);
    }

    /** {@return these with another time within which is forced} */
    public JournalSettings withForceWithin(Duration time) {
        return new JournalSettings(segmentBytes, reserveBytes, time, clock, zone, threads, onBroken, files, meters);
    }

    /** {@return these with somebody who is told when the disk failed} */
    public JournalSettings withOnBroken(Consumer<StorageException> told) {
        return new JournalSettings(segmentBytes, reserveBytes, forceWithin, clock, zone, threads, told, files, meters);
    }

    /** {@return these with somebody who counts} */
    public JournalSettings withMeters(Meters others) {
        return new JournalSettings(
                segmentBytes, reserveBytes, forceWithin, clock, zone, threads, onBroken, files, others);
    }

    /** {@return these over other files} */
    public JournalSettings withFiles(JournalFiles other) {
        return new JournalSettings(
                segmentBytes, reserveBytes, forceWithin, clock, zone, threads, onBroken, other, meters);
    }
}
