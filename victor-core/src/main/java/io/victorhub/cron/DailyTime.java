package io.victorhub.cron;

import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * One fixed time of every day.
 *
 * @param time when
 */
public record DailyTime(LocalTime time) implements WallTimes {

    @Override
    public LocalDateTime nextFrom(LocalDateTime from) {
        return from.toLocalTime().isAfter(time)
                ? from.toLocalDate().plusDays(1).atTime(time)
                : from.toLocalDate().atTime(time);
    }

    @Override
    public boolean followHands() {
        return false;
    }
}
