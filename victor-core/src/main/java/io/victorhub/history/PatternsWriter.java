package io.victorhub.history;

import io.victorhub.json.Json;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Imported;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a {@code patterns.json}, one entry on a line. */
final class PatternsWriter {

    private static final int NANO_DIGITS = 9;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    // Python before 3.11 reads six digits or none
    private static final DateTimeFormatter MICROSECONDS = new DateTimeFormatterBuilder()
            .append(SECONDS)
            .appendFraction(ChronoField.NANO_OF_SECOND, 6, 6, true)
            .toFormatter(Locale.ROOT);

    private final Writer to;
    private final ZoneId zone;
    private long written;

    PatternsWriter(Writer to, ZoneId zone) {
        this.to = to;
        this.zone = zone;
    }

    long write(History history) throws IOException {
        to.write("[");
        for (LogPage.Logged logged : history.from(Position.START)) {
            Map<String, @Nullable Object> entry = entry(logged.entry());
            if (!entry.isEmpty()) {
                to.write(written == 0 ? "\n  " : ",\n  ");
                to.write(new String(Json.compact(entry), StandardCharsets.UTF_8));
                written++;
            }
        }
        to.write(written == 0 ? "]\n" : "\n]\n");
        to.flush();
        return written;
    }

    /** Empty where the entry is not written. */
    private Map<String, @Nullable Object> entry(LogEntry entry) {
        if (entry instanceof Execution execution) {
            boolean counts = execution
                    .trouble()
                    .filter(trouble -> trouble.reason() == Result.Reason.HUB_CLOSING)
                    .isEmpty();
            return counts
                    ? entry(
                            entry,
                            execution.status(),
                            execution.duration(),
                            execution.skill().map(SkillRef::name))
                    : Map.of();
        }
        return entry instanceof Imported imported
                ? entry(entry, imported.status(), imported.duration(), imported.skill())
                : Map.of();
    }

    private Map<String, @Nullable Object> entry(
            LogEntry entry, Execution.Status status, Duration duration, Optional<String> skill) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("timestamp", timestamp(entry.at()));
        json.put("task_id", entry.taskId());
        json.put("status", status.text());
        json.put("duration", seconds(duration));
        json.put("skill_used", skill.orElse(null));
        json.put("success", status == Execution.Status.SUCCESS);
        return json;
    }

    private String timestamp(Instant at) {
        LocalDateTime local = LocalDateTime.ofInstant(at, zone).truncatedTo(ChronoUnit.MICROS);
        return (local.get(ChronoField.NANO_OF_SECOND) == 0 ? SECONDS : MICROSECONDS).format(local);
    }

    private static BigDecimal seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS))
                .stripTrailingZeros();
        return seconds.scale() < 1 ? seconds.setScale(1) : seconds; // 100.0 rather than 1E+2
    }
}
