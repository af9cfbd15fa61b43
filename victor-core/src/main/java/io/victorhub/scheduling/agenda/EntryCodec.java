package io.victorhub.scheduling.agenda;

import io.victorhub.json.Members;
import io.victorhub.scheduling.Missed;
import io.victorhub.scheduling.Overlap;
import io.victorhub.scheduling.Recurring;
import io.victorhub.scheduling.Schedule;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.Versioned;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** Recurring tasks as JSON, as they are kept under {@code recurring/<name>}. */
final class EntryCodec {

    static final String PREFIX = "recurring/";

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

    private final StoreCodec submissions;

    EntryCodec(StoreCodec submissions) {
        this.submissions = submissions;
    }

    static String key(String name) {
        return PREFIX + name;
    }

    byte[] encode(Entry entry) {
        Members out = new Members()
                .raw("definition", encode(entry.definition()))
                .text("since", entry.since().toString())
                .text("next", entry.next().toString())
                .number("runs", entry.runs());
        entry.last().ifPresent(last -> out.text("last", last.toString()));
        if (entry.paused()) {
            out.raw("paused", TRUE);
        }
        return out.toBytes();
    }

    /** @throws StorageException if it is not what this version wrote */
    Entry decode(Versioned kept) {
        try {
            Members in = Members.of(kept.value());
            return new Entry(
                    definition(kept.key().substring(PREFIX.length()), Members.of(in.raw("definition"))),
                    Instant.parse(in.text("since")),
                    Instant.parse(in.text("next")),
                    optional(in, "last").map(Instant::parse),
                    in.number("runs"),
                    in.has("paused"),
                    kept.version());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new StorageException("what is kept under " + kept.key() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private byte[] encode(Recurring definition) {
        Members out = new Members()
                .raw("schedule", encode(definition.schedule()))
                .text("missed", word(definition.missed()))
                .text("overlap", word(definition.overlap()))
                .raw("submission", submissions.encode(definition.submission()));
        definition.zone().ifPresent(zone -> out.text("zone", zone.getId()));
        definition.finishWithin().ifPresent(limit -> out.text("finish_within", limit.toString()));
        return out.toBytes();
    }

    private static byte[] encode(Schedule schedule) {
        Members out = new Members();
        if (schedule instanceof Schedule.Every every) {
            out.text("every", every.interval().toString());
            every.start().ifPresent(start -> out.text("start", start.toString()));
        } else if (schedule instanceof Schedule.Daily daily) {
            out.text("daily", daily.time().toString());
        } else if (schedule instanceof Schedule.Cron cron) {
            out.text("cron", cron.expression());
        }
        return out.toBytes();
    }

    private Recurring definition(String name, Members in) {
        Recurring.Builder definition = Recurring.builder(
                        name, schedule(Members.of(in.raw("schedule"))), submissions.submission(in.raw("submission")))
                .missed(Missed.valueOf(in.text("missed").toUpperCase(Locale.ROOT)))
                .overlap(Overlap.valueOf(in.text("overlap").toUpperCase(Locale.ROOT)));
        optional(in, "zone").map(ZoneId::of).ifPresent(definition::zone);
        optional(in, "finish_within").map(Duration::parse).ifPresent(definition::finishWithin);
        return definition.build();
    }

    private static Schedule schedule(Members in) {
        if (in.has("every")) {
            Schedule.Every every = Schedule.every(Duration.parse(in.text("every")));
            return optional(in, "start")
                    .map(Instant::parse)
                    .map(every::startingAt)
                    .orElse(every);
        }
        return in.has("daily") ? Schedule.daily(LocalTime.parse(in.text("daily"))) : Schedule.cron(in.text("cron"));
    }

    private static Optional<String> optional(Members in, String name) {
        return in.has(name) ? Optional.of(in.text(name)) : Optional.empty();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
