package io.victorhub.testkit.process;

import io.victorhub.Completion;
import io.victorhub.Hub;
import io.victorhub.HubListener;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Result;
import io.victorhub.spi.Task;
import io.victorhub.testkit.RecordingSkill;
import java.nio.file.Path;

/**
 * A host with a skill that ends its process: {@code home, start}. Submits the task that does so once, and a harmless one
 * at each start. Says {@code settled <id> <status>}, and ends by itself when the harmless one of this start is settled.
 */
final class HaltChild {

    static final int HALTED = 42;

    private HaltChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        Parent.listen();
        RecordingSkill halt = RecordingSkill.of("halt").answering(task -> {
            Runtime.getRuntime().halt(HALTED);
            return Result.success(null);
        });
        RecordingSkill harmless = RecordingSkill.of("harmless");
        String mine = "harmless-" + arguments[1];
        Hub hub = Hub.at(Path.of(arguments[0]))
                .discoverSkills(false)
                .workers(1)
                .retry(RetryPolicy.immediate(3))
                .skill(halt)
                .skill(harmless)
                .listener(new HubListener() {
                    @Override
                    public void taskSettled(Completion completion) {
                        Parent.tell("settled " + completion.taskId() + " " + completion.status());
                    }
                })
                .build();
        hub.submit(Task.of("halt").id("halts").build());
        hub.submit(Task.of("harmless").id(mine).build());
        hub.enableAutonomousMode();
        hub.handle(mine).completion().toCompletableFuture().join();
        hub.close();
        Runtime.getRuntime().halt(0);
    }
}
