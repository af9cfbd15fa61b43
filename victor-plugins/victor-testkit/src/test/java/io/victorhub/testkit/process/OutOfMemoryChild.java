package io.victorhub.testkit.process;

import io.victorhub.Completion;
import io.victorhub.Hub;
import io.victorhub.HubListener;
import io.victorhub.TaskHandle;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Task;
import io.victorhub.testkit.RecordingSkill;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A host with little memory and a skill that takes all of it: {@code home}. Says what became of each task. */
final class OutOfMemoryChild {

    private static final int HOGS = 3;

    private OutOfMemoryChild() {}

    public static void main(String[] arguments) {
        Parent.listen();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> Parent.tell("uncaught " + name(thrown)));
        RecordingSkill hog = RecordingSkill.of("hog").answering(task -> {
            List<byte[]> all = new ArrayList<>();
            while (true) {
                all.add(new byte[1 << 20]);
            }
        });
        RecordingSkill echo = RecordingSkill.of("echo").answering(task -> Result.success(task.id()));
        try (Hub hub = Hub.at(Path.of(arguments[0]))
                .discoverSkills(false)
                .workers(1)
                .retry(RetryPolicy.never())
                .skill(hog)
                .skill(echo)
                .listener(new HubListener() {
                    @Override
                    public void fatalError(String taskId, SkillRef skill, VirtualMachineError error) {
                        Parent.tell("fatal " + skill.name() + " " + name(error));
                    }
                })
                .build()) {
            List<TaskHandle> handles = new ArrayList<>();
            for (int i = 0; i < HOGS; i++) {
                handles.add(hub.submit(Task.of("hog").id("hog-" + i).build()));
                handles.add(hub.submit(Task.of("echo").id("echo-" + i).build()));
            }
            hub.enableAutonomousMode();
            handles.forEach(handle ->
                    Parent.tell(told(handle.completion().toCompletableFuture().join())));
        }
        Parent.tell("closed");
        Runtime.getRuntime().halt(0);
    }

    private static String told(Completion completion) {
        return completion.taskId() + " " + completion.status()
                + completion
                        .execution()
                        .flatMap(Execution::trouble)
                        .map(trouble -> " " + trouble.reason())
                        .orElse("");
    }

    private static String name(Throwable thrown) {
        return thrown.getClass().getSimpleName();
    }
}
