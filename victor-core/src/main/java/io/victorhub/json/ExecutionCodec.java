package io.victorhub.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.victorhub.spi.Artifact;
import io.victorhub.spi.Choice;
import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Task;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/** The JSON of an execution: the seed's members of a result, and ours beside them where they say something. */
final class ExecutionCodec {

    private ExecutionCodec() {}

    static void write(JsonGenerator out, Execution execution) throws IOException {
        out.writeStringField("task_id", execution.taskId());
        out.writeStringField("type", execution.type());
        out.writeStringField("status", execution.status().text());
        if (execution.output() != null) {
            out.writeFieldName("output");
            Json.value(out, execution.output());
        }
        writeDetails(out, execution.details());
        out.writeFieldName("duration");
        Json.value(out, JsonObject.seconds(execution.duration()));
        if (execution.trouble().isPresent()) {
            writeTrouble(out, execution.trouble().get());
        }
        if (!execution.missing().isEmpty()) {
            out.writeStringField("missing", execution.missing());
        }
        if (execution.priority() != Task.DEFAULT_PRIORITY) {
            out.writeNumberField("priority", execution.priority());
        }
        out.writeNumberField("attempt", execution.attempt());
        out.writeNumberField("round", execution.round());
        if (execution.skill().isPresent()) {
            out.writeFieldName("skill");
            writeSkill(out, execution.skill().get());
        }
        out.writeStringField("started_at", execution.startedAt().toString());
        if (!execution.queueWait().isZero()) {
            out.writeFieldName("queue_wait");
            Json.value(out, JsonObject.seconds(execution.queueWait()));
        }
        SubmissionCodec.instant(out, "retry_at", execution.retryAt());
        if (execution.choice().isPresent()) {
            writeChoice(out, execution.choice().get());
        }
        if (!execution.lines().isEmpty()) {
            out.writeFieldName("lines");
            Json.value(out, execution.lines());
        }
        if (!execution.node().isEmpty()) {
            out.writeStringField("node", execution.node());
        }
    }

    static Execution read(JsonObject in) {
        return Execution.of(in.text("task_id"), in.text("type"))
                .status(in.constant("status", Execution.Status.class))
                .output(in.value("output"))
                .details(details(in))
                .duration(in.seconds("duration"))
                .trouble(in.has("reason") ? trouble(in) : null)
                .missing(in.text("missing", ""))
                .priority(in.integer("priority", Task.DEFAULT_PRIORITY))
                .attempt(in.integer("attempt", 1))
                .round(in.integer("round", 1))
                .skill(in.has("skill") ? skill(in.object("skill")) : null)
                .startedAt(in.instant("started_at"))
                .queueWait(in.seconds("queue_wait"))
                .retryAt(in.optionalInstant("retry_at").orElse(null))
                .choice(in.has("choice") ? choice(in.object("choice")) : null)
                .lines(in.texts("lines"))
                .node(in.text("node", ""))
                .build();
    }

    private static void writeDetails(JsonGenerator out, Details details) throws IOException {
        if (!details.metadata().isEmpty()) {
            out.writeFieldName("metadata");
            Json.value(out, details.metadata());
        }
        if (details.cost() != 0) {
            out.writeNumberField("cost", details.cost());
        }
        if (details.quality().isPresent()) {
            out.writeNumberField("quality", details.quality().getAsDouble());
        }
        if (!details.artifacts().isEmpty()) {
            out.writeArrayFieldStart("artifacts");
            for (Artifact artifact : details.artifacts()) {
                out.writeStartObject();
                out.writeStringField("path", artifact.path());
                out.writeStringField("media_type", artifact.mediaType());
                out.writeNumberField("size", artifact.size());
                out.writeStringField("digest", artifact.digest());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }

    private static Details details(JsonObject in) {
        List<Artifact> artifacts = in.objects("artifacts").stream()
                .map(one -> new Artifact(
                        one.text("path"), one.text("media_type"), one.number("size", 0), one.text("digest")))
                .toList();
        return new Details(in.decimal("cost", 0), optionalDecimal(in, "quality"), in.values("metadata"), artifacts);
    }

    private static void writeTrouble(JsonGenerator out, Execution.Trouble trouble) throws IOException {
        out.writeStringField("error", trouble.message());
        out.writeStringField("reason", trouble.reason().name());
        SubmissionCodec.text(out, "exception", trouble.exception());
        SubmissionCodec.text(out, "frame", trouble.frame());
    }

    private static Execution.Trouble trouble(JsonObject in) {
        return new Execution.Trouble(
                in.constant("reason", Result.Reason.class),
                in.text("error", ""),
                in.optionalText("exception"),
                in.optionalText("frame"));
    }

    private static void writeSkill(JsonGenerator out, SkillRef skill) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", skill.name());
        out.writeStringField("version", skill.version());
        out.writeEndObject();
    }

    private static SkillRef skill(JsonObject in) {
        return new SkillRef(in.text("name"), in.text("version"));
    }

    private static void writeChoice(JsonGenerator out, Choice choice) throws IOException {
        out.writeObjectFieldStart("choice");
        out.writeArrayFieldStart("candidates");
        for (SkillRef candidate : choice.candidates()) {
            writeSkill(out, candidate);
        }
        out.writeEndArray();
        if (!choice.features().isEmpty()) {
            out.writeFieldName("features");
            Json.value(out, choice.features());
        }
        out.writeNumberField("seed", choice.seed());
        out.writeStringField("policy", choice.policy());
        out.writeStringField("position", choice.position());
        if (choice.propensity().isPresent()) {
            out.writeNumberField("propensity", choice.propensity().getAsDouble());
        }
        out.writeStringField("explanation", choice.explanation());
        out.writeEndObject();
    }

    private static Choice choice(JsonObject in) {
        return new Choice(
                in.objects("candidates").stream().map(ExecutionCodec::skill).toList(),
                in.values("features"),
                in.number("seed", 0),
                in.text("policy"),
                in.text("position"),
                optionalDecimal(in, "propensity"),
                in.text("explanation"));
    }

    private static OptionalDouble optionalDecimal(JsonObject in, String name) {
        return in.has(name) ? OptionalDouble.of(in.decimal(name, 0)) : OptionalDouble.empty();
    }
}
