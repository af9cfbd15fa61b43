package io.victorhub.routing;

import io.victorhub.spi.Task;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a policy knows of a task.
 *
 * @param type its type
 * @param priority 0 to 10
 * @param inputs how many inputs it has
 * @param hour of the day at which it starts, 0 to 23, in the hub's zone
 * @param weekday 1 for Monday to 7 for Sunday, in the hub's zone
 * @param noExplore whether the policy must take what it believes best
 * @since 0.1
 */
public record TaskFeatures(String type, int priority, int inputs, int hour, int weekday, boolean noExplore) {

    private static final long SECONDS_AN_HOUR = 3_600;
    private static final long SECONDS_A_DAY = 24 * SECONDS_AN_HOUR;

    /** The first day of 1970. */
    private static final int THURSDAY = 4;

    /** {@return the features of {@code task}, started at {@code now}} */
    public static TaskFeatures of(Task task, boolean noExplore, Instant now, ZoneId zone) {
        long local = now.getEpochSecond() + zone.getRules().getOffset(now).getTotalSeconds();
        return new TaskFeatures(
                task.type(),
                task.priority(),
                task.inputs().size(),
                (int) (Math.floorMod(local, SECONDS_A_DAY) / SECONDS_AN_HOUR),
                (int) Math.floorMod(Math.floorDiv(local, SECONDS_A_DAY) + THURSDAY - 1, 7L) + 1,
                noExplore);
    }

    /** {@return the same as JSON values, as they are kept with the choice} */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("priority", (long) priority);
        map.put("inputs", (long) inputs);
        map.put("hour", (long) hour);
        map.put("weekday", (long) weekday);
        return map;
    }
}
