package io.victorhub.cron;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Times that a clock on the wall shows again and again. Immutable.
 *
 * <p>Where clocks are set forward or back, they come about in one of two ways. <b>Fixed times</b>, such as 02:30 every day,
 * come once a day: one that is left out comes at the first instant after the gap, once for all that are left out with it,
 * and one that is shown twice comes when it is shown first. Times that <b>follow the hands</b>, such as every quarter of
 * an hour, come whenever the clock shows one: twice where it shows one twice, not at all where it leaves one out.
 */
public interface WallTimes {

    /** {@return the first of the times that is {@code from} or later} */
    LocalDateTime nextFrom(LocalDateTime from);

    /** {@return whether they follow the hands of the clock; if not, they are fixed times} */
    boolean followHands();

    /**
     * {@return the first instant after {@code after} at which one of the times comes about in {@code zone}}
     *
     * @throws java.time.DateTimeException if that is beyond the range of instants
     */
    default Instant next(Instant after, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        Instant from = after.plusNanos(1);
        ZoneOffset offset = rules.getOffset(from);
        ZoneOffsetTransition began = rules.previousTransition(from.plusNanos(1));
        while (true) { // from one change of the offset to the next: within, wall and instants run alike
            ZoneOffsetTransition ends = rules.nextTransition(from);
            LocalDateTime wall = LocalDateTime.ofInstant(from, offset);
            if (began != null && !followHands()) {
                if (began.isGap() && began.getInstant().isAfter(after)) {
                    if (nextFrom(began.getDateTimeBefore()).isBefore(began.getDateTimeAfter())) {
                        return began.getInstant();
                    }
                } else if (began.isOverlap() && wall.isBefore(began.getDateTimeBefore())) {
                    wall = began.getDateTimeBefore(); // shown before
                }
            }
            LocalDateTime next = nextFrom(wall);
            if (ends == null || next.isBefore(ends.getDateTimeBefore())) {
                return next.toInstant(offset);
            }
            began = ends;
            from = ends.getInstant();
            offset = ends.getOffsetAfter();
        }
    }
}
