package io.victorhub.scheduling.guard;

import io.victorhub.json.Json;
import io.victorhub.json.JsonException;
import io.victorhub.json.JsonLimits;
import io.victorhub.scheduling.Budget.Kind;
import io.victorhub.scheduling.Budget.Scope;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.StateStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was spent as JSON, with the position in the log that it holds up to: one value, so the two are never of different
 * moments. What is pending is left out; the log tells of it.
 */
final class SpendingCodec {

    private static final JsonLimits LIMITS = new JsonLimits(StateStore.MAX_VALUE_BYTES, 10);

    private SpendingCodec() {}

    static byte[] write(Spending spending, String zone) {
        Map<String, @Nullable Object> meters = new LinkedHashMap<>();
        for (Meter meter : spending.all()) {
            List<@Nullable Object> hours = cells(meter.hours);
            List<@Nullable Object> days = cells(meter.days);
            if (!hours.isEmpty() || !days.isEmpty()) {
                meters.put(key(meter.scope), List.of(hours, days));
            }
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("position", spending.position().text());
        members.put("zone", zone);
        members.put("meters", meters);
        return Json.compact(members);
    }

    /** {@return whether it could be read; if not, all of the log must be} */
    static boolean read(byte[] value, String zone, Spending into) {
        try {
            if (!(Json.parse(value, LIMITS) instanceof Map<?, ?> members)
                    || !(members.get("position") instanceof String position)
                    || !zone.equals(members.get("zone"))
                    || !(members.get("meters") instanceof Map<?, ?> meters)) {
                return false;
            }
            for (Map.Entry<?, ?> entry : meters.entrySet()) {
                List<?> kinds = (List<?>) entry.getValue();
                Meter meter = into.of(scope((String) entry.getKey()));
                read((List<?>) kinds.get(0), meter::hour);
                read((List<?>) kinds.get(1), meter::day);
            }
            into.position(new Position(position));
            return true;
        } catch (JsonException | IllegalArgumentException | ClassCastException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    static String key(Scope scope) {
        return scope.kind() == Kind.HUB ? "hub" : (scope.kind() == Kind.TYPE ? "type/" : "skill/") + scope.name();
    }

    static Scope scope(String key) {
        if (key.equals("hub")) {
            return new Scope(Kind.HUB, "");
        }
        int slash = key.indexOf('/');
        return new Scope(key.startsWith("type/") ? Kind.TYPE : Kind.SKILL, key.substring(slash + 1));
    }

    private static List<@Nullable Object> cells(@Nullable Cell[] cells) {
        List<@Nullable Object> list = new ArrayList<>();
        for (Cell cell : cells) {
            if (cell != null && cell.runs > 0) {
                list.add(List.of(cell.start, cell.runs, cell.cost));
            }
        }
        return list;
    }

    private static void read(List<?> list, LongFunction<Cell> cells) {
        for (Object one : list) {
            List<?> numbers = (List<?>) one;
            Cell cell = cells.apply((Long) numbers.get(0));
            cell.runs = (Long) numbers.get(1);
            cell.cost = ((Number) numbers.get(2)).doubleValue();
        }
    }
}
