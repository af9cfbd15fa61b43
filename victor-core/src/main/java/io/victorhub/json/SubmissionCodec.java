package io.victorhub.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.UniquePolicy;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The JSON of a submission: the seed's members of a task, and ours beside them where they say something. */
final class SubmissionCodec {

    private SubmissionCodec() {}

    static void write(JsonGenerator out, Submission submission) throws IOException {
        Task task = submission.task();
        out.writeStartObject();
        out.writeStringField("id", task.id());
        out.writeStringField("type", task.type());
        if (!task.description().isEmpty()) {
            out.writeStringField("description", task.description());
        }
        if (!task.inputs().isEmpty()) {
            out.writeFieldName("inputs");
            Json.value(out, task.inputs());
        }
        if (task.priority() != Task.DEFAULT_PRIORITY) {
            out.writeNumberField("priority", task.priority());
        }
        instant(out, "deadline", task.deadline());
        if (!task.context().isEmpty()) {
            out.writeFieldName("context");
            Json.value(out, task.context());
        }
        writeHow(out, submission);
        out.writeEndObject();
    }

    private static void writeHow(JsonGenerator out, Submission submission) throws IOException {
        instant(out, "not_before", submission.notBefore());
        text(out, "unique_key", submission.uniqueKey());
        if (submission.uniquePolicy() != UniquePolicy.JOIN) {
            out.writeStringField(
                    "unique_policy", submission.uniquePolicy().name().toLowerCase(Locale.ROOT));
        }
        text(out, "lane", submission.lane());
        text(out, "parent", submission.parent());
        text(out, "batch", submission.batch());
        if (submission.held()) {
            out.writeBooleanField("held", true);
        }
        text(out, "skill", submission.skill());
        if (submission.maxCost().isPresent()) {
            out.writeNumberField("max_cost", submission.maxCost().getAsDouble());
        }
        if (submission.noExplore()) {
            out.writeBooleanField("no_explore", true);
        }
        if (submission.maxAttempts().isPresent()) {
            out.writeNumberField("max_attempts", submission.maxAttempts().getAsInt());
        }
        if (submission.timeLimit().isPresent()) {
            out.writeFieldName("time_limit");
            Json.value(out, JsonObject.seconds(submission.timeLimit().get()));
        }
        if (!submission.mdc().isEmpty()) {
            out.writeFieldName("mdc");
            Json.value(out, submission.mdc());
        }
    }

    static Submission read(JsonObject in) {
        Submission.Builder submission = Submission.builder(Task.of(in.text("type"))
                .id(in.text("id"))
                .description(in.text("description", ""))
                .inputs(in.values("inputs"))
                .priority(in.integer("priority", Task.DEFAULT_PRIORITY))
                .deadline(in.optionalInstant("deadline").orElse(null))
                .context(in.values("context"))
                .build());
        in.optionalInstant("not_before").ifPresent(submission::notBefore);
        UniquePolicy policy =
                in.has("unique_policy") ? in.constant("unique_policy", UniquePolicy.class) : UniquePolicy.JOIN;
        in.optionalText("unique_key").ifPresent(key -> submission.uniqueKey(key, policy));
        in.optionalText("lane").ifPresent(submission::lane);
        in.optionalText("parent").ifPresent(submission::parent);
        in.optionalText("batch").ifPresent(submission::batch);
        submission.held(in.truth("held"));
        in.optionalText("skill").ifPresent(submission::skill);
        if (in.has("max_cost")) {
            submission.maxCost(in.decimal("max_cost", 0));
        }
        submission.noExplore(in.truth("no_explore"));
        if (in.has("max_attempts")) {
            submission.maxAttempts(in.integer("max_attempts", 1));
        }
        if (in.has("time_limit")) {
            submission.timeLimit(in.seconds("time_limit"));
        }
        return submission.mdc(in.namedTexts("mdc")).build();
    }

    static void text(JsonGenerator out, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(name, value.get());
        }
    }

    static void instant(JsonGenerator out, String name, Optional<Instant> value) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(name, value.get().toString());
        }
    }
}
