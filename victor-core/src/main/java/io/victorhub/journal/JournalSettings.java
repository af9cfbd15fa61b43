package io.victorhub.journal;

import io.victorhub.spi.store.StorageException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * How a journal works.
 *
 * @param segmentBytes how long a segment grows before the next is begun
 * @param forceWithin how long {@link Force#SOON} may take
 * @param clock tells the day
 * @param zone where a day begins
 * @param threads makes the thread that forces what need not be forced at once
 * @param onBroken told once, without locks, when the disk failed so that nothing more is taken
 */
public record JournalSettings(
        int segmentBytes,
        Duration forceWithin,
        InstantSource clock,
        ZoneId zone,
        ThreadFactory threads,
        Consumer<StorageException> onBroken) {

    /** What a segment grows to unless something else is asked for. */
    public static final int SEGMENT_BYTES = 32 << 20;
}
