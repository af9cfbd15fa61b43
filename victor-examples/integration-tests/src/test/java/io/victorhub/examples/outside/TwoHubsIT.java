package io.victorhub.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.Completion;
import io.victorhub.Hub;
import io.victorhub.HubBuilder;
import io.victorhub.HubListener;
import io.victorhub.HubStatus;
import io.victorhub.scheduling.QueueFile;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs in one virtual machine: no state is shared but what a host shares. */
@Timeout(60)
class TwoHubsIT {

    @TempDir
    private Path folder;

    @Test
    void workSideBySideOnHomesOfTheirOwn() throws Exception {
        try (Hub left = hub("left");
                Hub right = hub("right")) {
            left.enableAutonomousMode();
            right.enableAutonomousMode();

            Completion ofLeft = done(left, "t-1");
            Completion ofRight = done(right, "t-1");

            assertThat(ofLeft.output()).isEqualTo("left");
            assertThat(ofRight.output()).isEqualTo("right");
            assertThat(left.dashboard().toText()).contains("Tasks Processed: 1\n");
        }
    }

    @Test
    void readTheInboxOfTheirOwnHome() throws Exception {
        CompletableFuture<String> settled = new CompletableFuture<>();
        HubListener listener = new HubListener() {
            @Override
            public void taskSettled(Completion completion) {
                settled.complete(completion.taskId() + " by " + completion.output());
            }
        };
        try (Hub left = hub("left");
                Hub right = builder("right").listener(listener).build()) {
            left.enableAutonomousMode();
            right.enableAutonomousMode();

            QueueFile.append(
                    right.home().resolve("tasks/queue.json"),
                    List.of(Task.of("sign").id("dropped").build()));

            assertThat(settled.get(30, TimeUnit.SECONDS)).isEqualTo("dropped by right");
            assertThat(left.find("dropped")).isEmpty();
        }
    }

    @Test
    void oneGoesOnWhenTheOtherIsClosed() throws Exception {
        try (Hub left = hub("left");
                Hub right = hub("right")) {
            right.enableAutonomousMode();

            left.close();

            assertThat(done(right, "t-1").output()).isEqualTo("right");
            assertThat(right.status()).isEqualTo(HubStatus.ACTIVE);
        }
    }

    @Test
    void cannotShareAHome() {
        try (Hub first = hub("home")) {
            assertThatThrownBy(() -> hub("home"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(first.home().toString())
                    .hasMessageContaining("in use");
        }
    }

    private Hub hub(String name) {
        return builder(name).build();
    }

    private HubBuilder builder(String name) {
        return Hub.at(folder.resolve(name)).skill(new SigningSkill(name));
    }

    private static Completion done(Hub hub, String id) throws Exception {
        return hub.submit(Task.of("sign").id(id).build())
                .completion()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    /** Says who it was made by. */
    private record SigningSkill(String name) implements Skill {

        @Override
        public SkillDescriptor descriptor() {
            return SkillDescriptor.of("signer").capability("sign").build();
        }

        @Override
        public Result execute(Task task, SkillContext context) {
            return Result.success(name);
        }
    }
}
