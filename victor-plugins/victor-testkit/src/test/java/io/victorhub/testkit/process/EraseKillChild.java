package io.victorhub.testkit.process;

import io.victorhub.Completion;
import io.victorhub.Hub;
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

/**
 * A host that runs tasks and erases each of them, until it is killed: {@code home, prefix of ids}. Says {@code open},
 * {@code ran <id>} before it erases one and {@code erased <id>} when that has returned.
 */
final class EraseKillChild {

    private EraseKillChild() {}

    public static void main(String[] arguments) throws IOException {
        Parent.listen();
        Hub hub = open(Path.of(arguments[0]));
        Parent.tell("open");
        hub.enableAutonomousMode();
        for (int i = 0; ; i++) {
            String id = arguments[1] + i;
            Completion done =
                    hub.submit(task(id)).completion().toCompletableFuture().join();
            Parent.tell("ran " + done.taskId());
            hub.erase(id);
            Parent.tell("erased " + id);
        }
    }

    /** {@return what is in everything that the task carries and leaves} */
    static String marker(String id) {
        return "marker-of-" + id + "-";
    }

    static Task task(String id) {
        return Task.of("mark")
                .id(id)
                .description(marker(id))
                .input("text", marker(id))
                .build();
    }

    static Hub open(Path home) {
        return Hub.at(home)
                .discoverSkills(false)
                .workers(2)
                .skill(new Marking())
                .build();
    }

    private static final class Marking implements Skill {
        @Override
        public SkillDescriptor descriptor() {
            return SkillDescriptor.of("marking").capability("mark").build();
        }

        @Override
        public Result execute(Task task, SkillContext context) throws IOException {
            String marker = marker(task.id());
            context.log(marker);
            Path file = Files.writeString(context.workspace().resolve("file"), marker);
            Files.writeString(context.workspace().resolve("scratch"), marker);
            Artifact artifact = Artifact.of(context.workspace(), file, "text/plain");
            return Result.success(marker, Details.builder().artifact(artifact).build());
        }
    }
}
