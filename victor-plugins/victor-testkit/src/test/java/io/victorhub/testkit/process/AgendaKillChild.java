package io.victorhub.testkit.process;

import io.victorhub.Hub;
import io.victorhub.scheduling.Missed;
import io.victorhub.scheduling.Overlap;
import io.victorhub.scheduling.Recurring;
import io.victorhub.scheduling.Schedule;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A host with tasks that recur all the time, and batches without end, until it is killed: {@code home, origin of its clock,
 * round}. Says {@code open} when it begins, {@code closed <batch>} when a batch is closed, and
 * {@code turned} when all that was due then is done.
 */
final class AgendaKillChild {

    /** So slow that no more is missed while a process starts than is made up for: 20 seconds are a thousand. */
    private static final int FACTOR = 50;

    /** So many that a kill comes between two records of a run as likely as not. */
    private static final int TICKS = 16;

    private static final int BATCH_TASKS = 3;

    /** Does parts of batches, and what follows them. */
    private static final class Worker implements Skill {
        @Override
        public SkillDescriptor descriptor() {
            return SkillDescriptor.of("worker")
                    .capability("part")
                    .capability("follow-up")
                    .build();
        }

        @Override
        public Result execute(Task task, SkillContext context) {
            return task.id().endsWith("-0")
                    ? Result.failure(Result.Reason.REFUSED, "one of them dies")
                    : Result.success(task.context().get("batch"));
        }
    }

    private AgendaKillChild() {}

    static Hub open(Path home, long origin) {
        return Hub.at(home)
                .discoverSkills(false)
                .skill(new Worker())
                .executor(Runnable::run)
                .clock(new FastClock(origin, FACTOR))
                .build();
    }

    static List<String> names() {
        return IntStream.range(0, TICKS).mapToObj(i -> "tick-" + i).toList();
    }

    public static void main(String[] arguments) {
        Parent.listen();
        long origin = Long.parseLong(arguments[1]);
        Hub hub = open(Path.of(arguments[0]), origin);
        for (int i = 0; i < TICKS; i++) {
            Schedule schedule = Schedule.every(Duration.ofSeconds(1))
                    .startingAt(Instant.ofEpochMilli(origin).plusMillis(1000L * i / TICKS));
            hub.recurring()
                    .schedule(Recurring.builder(
                                    names().get(i), schedule, Task.of("tick").build())
                            .missed(Missed.ALL)
                            .overlap(Overlap.ALLOW)
                            .build());
        }
        Parent.tell("open");
        for (int i = 0; ; i++) {
            String batch = "b-" + arguments[2] + "-" + i;
            List<Submission> tasks = IntStream.range(0, BATCH_TASKS)
                    .mapToObj(n ->
                            Submission.of(Task.of("part").id(batch + "-" + n).build()))
                    .toList();
            hub.submitBatch(batch, tasks, Task.of("follow-up").build());
            Parent.tell("closed " + batch);
            hub.scheduler().runPending();
            Parent.tell("turned");
        }
    }
}
