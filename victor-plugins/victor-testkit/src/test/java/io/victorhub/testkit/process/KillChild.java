package io.victorhub.testkit.process;

import io.victorhub.Completion;
import io.victorhub.Hub;
import io.victorhub.HubListener;
import io.victorhub.TaskHandle;
import io.victorhub.scheduling.RetryPolicy;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/**
 * A host that submits and works until it is killed: {@code home, file of the skill, round, producers}. Says {@code open},
 * {@code acked <id>} when a submit has returned, {@code settled <id>} when it heard of an end.
 */
final class KillChild {

    /** So few wait at a time that the next start finds work, but is not busy with it only. */
    private static final int MOST_WAITING = 40;

    private KillChild() {}

    public static void main(String[] arguments) {
        Parent.listen();
        Path home = Path.of(arguments[0]);
        String round = "r" + arguments[2] + "-";
        Semaphore room = new Semaphore(MOST_WAITING);
        Hub hub = Hub.at(home)
                .discoverSkills(false)
                .workers(4)
                .retry(RetryPolicy.immediate(1000))
                .skill(new RanSkill(Path.of(arguments[1])))
                .listener(new HubListener() {
                    @Override
                    public void taskSettled(Completion completion) {
                        Parent.tell("settled " + completion.taskId());
                        if (completion.taskId().startsWith(round)
                                && !completion.taskId().endsWith(RanSkill.FOLLOW_UP)) {
                            room.release();
                        }
                    }
                })
                .build();
        Parent.tell("open");
        hub.enableAutonomousMode();
        for (int producer = 0; producer < Integer.parseInt(arguments[3]); producer++) {
            String prefix = round + "p" + producer + "-";
            new Thread(() -> produce(hub, prefix, room)).start();
        }
    }

    private static void produce(Hub hub, String prefix, Semaphore room) {
        for (int i = 0; ; i++) {
            room.acquireUninterruptibly();
            TaskHandle handle = hub.submit(RanSkill.task(prefix + i, i));
            Parent.tell("acked " + handle.id());
        }
    }
}
