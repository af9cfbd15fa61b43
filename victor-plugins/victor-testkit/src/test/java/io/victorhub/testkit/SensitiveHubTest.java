package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.Completion;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Details;
import io.victorhub.spi.Parameter;
import io.victorhub.spi.Result;
import io.victorhub.spi.SensitiveKeys;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import io.victorhub.spi.ValueType;
import io.victorhub.store.StoreTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sensitive is told to skills, kept by the store, and shown to nobody else. */
class SensitiveHubTest {

    private static final String SECRET = "eR1-secret-4715";

    /** Tells what it knows. */
    private static final class Talkative implements Skill {
        private final AtomicReference<String> told = new AtomicReference<>("");

        @Override
        public SkillDescriptor descriptor() {
            return SkillDescriptor.of("talkative")
                    .capability("talk")
                    .input(Parameter.required("password", ValueType.TEXT, "what to tell"))
                    .build();
        }

        @Override
        public Result execute(Task task, SkillContext context) {
            String secret = task.inputs().text("password");
            told.set(secret);
            context.log("it is " + secret);
            context.progress(.5, "half of " + secret);
            switch (task.inputs().text("how", "")) {
                case "throw":
                    throw new IllegalStateException("no " + secret);
                case "fail":
                    return Result.failure(Result.Reason.REFUSED, "not " + secret);
                default:
                    return new Result.Partial(
                            Map.of("password", secret),
                            "all but " + secret,
                            Details.builder().metadata("password", secret).build());
            }
        }
    }

    @TempDir
    private Path home;

    private final Talkative skill = new Talkative();

    private HandDrivenHub open() {
        return HandDrivenHub.at(
                home,
                builder -> builder.sensitive("*.password")
                        .retry(RetryPolicy.immediate(1))
                        .skill(skill));
    }

    @Test
    void messagesAndLinesTellNothingOfIt() {
        try (HandDrivenHub hub = open()) {
            Completion partial = hub.run(task("a", SECRET, ""));

            assertThat(skill.told).hasValue(SECRET);
            assertThat(partial.execution().orElseThrow().lines()).containsExactly("it is (hidden)");
            assertThat(partial.execution().orElseThrow().missing()).isEqualTo("all but (hidden)");
            assertThat(message(hub.run(task("b", SECRET, "throw")))).isEqualTo("no (hidden)");
            assertThat(message(hub.run(task("c", SECRET, "fail")))).isEqualTo("not (hidden)");
            assertThat(message(hub.run(
                            Task.of("talk").id("d").input("password", 47154715L).build())))
                    .isEqualTo("input 'password' is (hidden); skill talkative needs it as text");
        }
    }

    @Test
    void theStoreKeepsItAndAnExportHidesIt() throws IOException {
        try (HandDrivenHub hub = open()) {
            hub.run(task("a", SECRET, ""));
            hub.submit(Task.of("nobody").id("w").input("password", SECRET).build());
            assertThat(hub.hub()
                            .find("a")
                            .orElseThrow()
                            .submission()
                            .orElseThrow()
                            .task()
                            .inputs())
                    .containsEntry("password", SECRET);
        }
        Path store = home.resolve("store");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteArrayOutputStream hidden = new ByteArrayOutputStream();

        StoreTool.exportLog(store, all);
        StoreTool.exportTasks(store, all);
        StoreTool.exportLog(store, hidden, SensitiveKeys.of("password"));
        StoreTool.exportTasks(store, hidden, SensitiveKeys.of("password"));

        assertThat(all.toString(StandardCharsets.UTF_8)).contains(SECRET);
        assertThat(hidden.toString(StandardCharsets.UTF_8)).contains("(hidden)").doesNotContain(SECRET);
    }

    private static Task task(String id, String secret, String how) {
        return Task.of("talk")
                .id(id)
                .input("password", secret)
                .input("how", how)
                .build();
    }

    private static String message(Completion completion) {
        return completion.execution().orElseThrow().trouble().orElseThrow().message();
    }
}
