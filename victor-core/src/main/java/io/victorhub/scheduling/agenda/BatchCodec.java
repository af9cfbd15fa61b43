package io.victorhub.scheduling.agenda;

import io.victorhub.json.Json;
import io.victorhub.json.JsonException;
import io.victorhub.json.JsonLimits;
import io.victorhub.json.Members;
import io.victorhub.scheduling.BatchStatus;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.TaskStatus;
import io.victorhub.spi.store.Versioned;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Batches as JSON: what they are under {@code batch/<id>}, and the ids of their tasks, some at a time, under
 * {@code batch-tasks/<id>/<number>}.
 */
final class BatchCodec {

    static final String PREFIX = "batch/";

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SURE = "{\"sure\":true,".getBytes(StandardCharsets.US_ASCII);
    private static final JsonLimits LIMITS = new JsonLimits(StateStore.MAX_VALUE_BYTES, 10);

    /**
     * The ids of some tasks of a batch.
     *
     * @param ids the ids
     * @param sure whether all of them are in the batch; if not, their submission was about to come
     */
    record Chunk(List<String> ids, boolean sure) {}

    private final StoreCodec submissions;

    BatchCodec(StoreCodec submissions) {
        this.submissions = submissions;
    }

    static String key(String id) {
        return PREFIX + id;
    }

    static String chunkKey(String id, int number) {
        return "batch-tasks/" + id + "/" + number;
    }

    byte[] encode(BatchEntry entry) {
        Members out = new Members().text("opened", entry.opened().toString()).number("chunks", entry.chunks());
        if (entry.closed()) {
            out.raw("closed", TRUE);
        }
        entry.then().ifPresent(then -> out.raw("then", submissions.encode(then)));
        entry.end().ifPresent(end -> out.raw("end", encode(end)));
        return out.toBytes();
    }

    private static byte[] encode(BatchStatus end) {
        Members out = new Members();
        end.endedAt().ifPresent(at -> out.text("at", at.toString()));
        end.followUp().ifPresent(id -> out.text("follow_up", id));
        counts(end).forEach((status, count) -> out.number(status, (Long) count));
        return out.toBytes();
    }

    /** {@return how many tasks were settled in which way, by the words for it} */
    static Map<String, Object> counts(BatchStatus end) {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (TaskStatus status : TaskStatus.values()) {
            if (status.settled()) {
                counts.put(status.name().toLowerCase(Locale.ROOT), end.count(status));
            }
        }
        return counts;
    }

    /** @throws StorageException if it is not what this version wrote */
    BatchEntry decode(Versioned kept) {
        String id = kept.key().substring(PREFIX.length());
        try {
            Members in = Members.of(kept.value());
            Optional<Submission> then =
                    in.has("then") ? Optional.of(submissions.submission(in.raw("then"))) : Optional.empty();
            Optional<BatchStatus> end =
                    in.has("end") ? Optional.of(end(id, Members.of(in.raw("end")))) : Optional.empty();
            return new BatchEntry(
                    id,
                    Instant.parse(in.text("opened")),
                    Math.toIntExact(in.number("chunks")),
                    in.has("closed"),
                    then,
                    end,
                    kept.version());
        } catch (DateTimeException | ArithmeticException e) {
            throw new StorageException("batch " + id + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static BatchStatus end(String id, Members in) {
        Map<TaskStatus, Long> counts = new EnumMap<>(TaskStatus.class);
        for (TaskStatus status : TaskStatus.values()) {
            String word = status.name().toLowerCase(Locale.ROOT);
            if (in.has(word)) {
                counts.put(status, in.number(word));
            }
        }
        return new BatchStatus(
                id,
                true,
                counts,
                in.has("follow_up") ? Optional.of(in.text("follow_up")) : Optional.empty(),
                Optional.of(Instant.parse(in.text("at"))));
    }

    static byte[] encode(Chunk chunk) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("sure", chunk.sure());
        members.put("ids", chunk.ids());
        return Json.compact(members);
    }

    /** {@return whether a chunk is sure} Without reading its ids, which may be many when a hub is opened. */
    static boolean isSure(Versioned kept) {
        return Arrays.mismatch(kept.value(), SURE) == SURE.length;
    }

    static Chunk decodeChunk(Versioned kept) {
        try {
            if (Json.parse(kept.value(), LIMITS) instanceof Map<?, ?> in && in.get("ids") instanceof List<?> list) {
                List<String> ids = new ArrayList<>();
                list.forEach(id -> ids.add(String.valueOf(id)));
                return new Chunk(ids, Boolean.TRUE.equals(in.get("sure")));
            }
        } catch (JsonException e) {
            throw new StorageException(kept.key() + " cannot be read: " + e.getMessage(), e);
        }
        throw new StorageException(kept.key() + " holds no ids of tasks");
    }
}
