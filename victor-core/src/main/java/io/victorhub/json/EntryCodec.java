package io.victorhub.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Imported;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Rating;
import io.victorhub.spi.Result;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;

/** The format that all stores share. Stateless. */
public final class EntryCodec implements StoreCodec {

    private interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    /** Creates one. */
    public EntryCodec() {}

    @Override
    public byte[] encode(Submission submission) {
        return written(out -> SubmissionCodec.write(out, submission));
    }

    @Override
    public Submission submission(byte[] json) {
        return read("submission", json, SubmissionCodec::read);
    }

    @Override
    public byte[] encode(LogEntry entry) {
        return written(out -> {
            out.writeStartObject();
            if (entry instanceof Execution execution) {
                out.writeStringField("entry", "execution");
                ExecutionCodec.write(out, execution);
            } else if (entry instanceof Closed closed) {
                write(out, closed);
            } else if (entry instanceof Rating rating) {
                write(out, rating);
            } else {
                write(out, (Imported) entry);
            }
            out.writeEndObject();
        });
    }

    @Override
    public LogEntry entry(byte[] json) {
        return read("log entry", json, in -> {
            String kind = in.text("entry");
            switch (kind) {
                case "execution":
                    return ExecutionCodec.read(in);
                case "closed":
                    return closed(in);
                case "rating":
                    return new Rating(in.text("task_id"), in.decimal("quality", 0), in.text("by"), in.instant("at"));
                case "imported":
                    return imported(in);
                default:
                    throw new StorageException("it is a '" + kind + "', which this version does not know");
            }
        });
    }

    private static void write(JsonGenerator out, Closed closed) throws IOException {
        out.writeStringField("entry", "closed");
        out.writeStringField("task_id", closed.taskId());
        out.writeStringField("type", closed.type());
        out.writeStringField("reason", closed.reason().name());
        out.writeStringField("message", closed.message());
        out.writeNumberField("attempts", closed.attempts());
        out.writeNumberField("round", closed.round());
        out.writeStringField("at", closed.at().toString());
    }

    private static Closed closed(JsonObject in) {
        return new Closed(
                in.text("task_id"),
                in.text("type"),
                in.constant("reason", Result.Reason.class),
                in.text("message"),
                in.integer("attempts", 0),
                in.integer("round", 1),
                in.instant("at"));
    }

    private static void write(JsonGenerator out, Rating rating) throws IOException {
        out.writeStringField("entry", "rating");
        out.writeStringField("task_id", rating.taskId());
        out.writeNumberField("quality", rating.quality());
        out.writeStringField("by", rating.by());
        out.writeStringField("at", rating.at().toString());
    }

    private static void write(JsonGenerator out, Imported imported) throws IOException {
        out.writeStringField("entry", "imported");
        out.writeStringField("task_id", imported.taskId());
        out.writeStringField("status", imported.status().text());
        out.writeFieldName("duration");
        Json.value(out, JsonObject.seconds(imported.duration()));
        SubmissionCodec.text(out, "type", imported.type());
        SubmissionCodec.text(out, "skill", imported.skill());
        out.writeStringField("at", imported.at().toString());
    }

    private static Imported imported(JsonObject in) {
        return new Imported(
                in.text("task_id"),
                in.constant("status", Execution.Status.class),
                in.seconds("duration"),
                in.optionalText("type"),
                in.optionalText("skill"),
                in.instant("at"));
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = Json.FACTORY.createGenerator(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a byte array does not fail
        }
        return bytes.toByteArray();
    }

    private static <T> T read(String kind, byte[] json, Function<JsonObject, T> reading) {
        try {
            return reading.apply(JsonObject.of(Json.parseOwn(json)));
        } catch (StorageException | IllegalArgumentException | ArithmeticException | IOException e) {
            throw new StorageException("a " + kind + " cannot be read: " + e.getMessage(), e);
        }
    }
}
