package io.victorhub.testkit.process;

import io.victorhub.Hub;
import io.victorhub.scheduling.Missed;
import io.victorhub.scheduling.Overlap;
import io.victorhub.scheduling.Recurring;
import io.victorhub.scheduling.Schedule;
import io.victorhub.spi.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A host with a recurring task that runs all the time, until it is killed: {@code home, origin of its clock}. Only the
 * first process says what recurs. Says {@code open} when it begins.
 */
final class RecurringKillChild {

    static final int FACTOR = 50;
    static final Recurring TICK = Recurring.builder(
                    "tick",
                    Schedule.every(Duration.ofSeconds(1)),
                    Task.of("tick").build())
            .missed(Missed.ALL)
            .overlap(Overlap.ALLOW)
            .build();

    private RecurringKillChild() {}

    static Hub open(Path home, long origin) {
        return Hub.at(home)
                .discoverSkills(false)
                .clock(new FastClock(origin, FACTOR))
                .build();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Parent.listen();
        Hub hub = open(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        if (hub.recurring().find(TICK.name()).isEmpty()) {
            hub.recurring().schedule(TICK);
        }
        Parent.tell("open");
        while (true) {
            hub.scheduler().runPending();
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
