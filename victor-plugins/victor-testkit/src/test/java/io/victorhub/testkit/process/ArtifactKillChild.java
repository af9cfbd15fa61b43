package io.victorhub.testkit.process;

import io.victorhub.Hub;
import io.victorhub.WhenFull;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Artifact;
import io.victorhub.spi.Details;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A host whose tasks write files until it is killed: {@code home, prefix of ids}. Says {@code open}. */
final class ArtifactKillChild {

    private ArtifactKillChild() {}

    public static void main(String[] arguments) {
        Parent.listen();
        Hub hub = open(Path.of(arguments[0]));
        Parent.tell("open");
        hub.enableAutonomousMode();
        for (int i = 0; ; i++) {
            hub.submit(Task.of("write").id(arguments[1] + i).build());
        }
    }

    static Hub open(Path home) {
        return Hub.at(home)
                .discoverSkills(false)
                .workers(4)
                .retry(RetryPolicy.immediate(1000))
                .queueLimit(40, WhenFull.BLOCK)
                .skill(new Writer())
                .build();
    }

    private static final class Writer implements Skill {
        @Override
        public SkillDescriptor descriptor() {
            return SkillDescriptor.of("writer").capability("write").build();
        }

        @Override
        public Result execute(Task task, SkillContext context) throws IOException {
            Path workspace = context.workspace();
            Details.Builder details = Details.builder();
            Random random = new Random(task.id().hashCode());
            for (int i = 0; i < 3; i++) {
                byte[] content = new byte[random.nextInt(20_000)];
                random.nextBytes(content);
                Path file =
                        Files.createDirectories(workspace.resolve("part-" + i)).resolve("file");
                details.artifact(Artifact.of(workspace, Files.write(file, content), "application/octet-stream"));
            }
            return Result.success("written", details.build());
        }
    }
}
