package io.victorhub.testkit.process;

import io.victorhub.Hub;
import io.victorhub.HubBuilder;
import io.victorhub.scheduling.Budget;
import io.victorhub.spi.Details;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.locks.LockSupport;

/**
 * A host that is at its limits all the time, approves, rejects, grants, stops and allows again, until it is killed:
 * {@code home, file of what ran, round, whether it stays as it is once it is stopped}. Says what it is about to do, and what it did.
 */
final class GuardKillChild {

    static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z"); // all day
    static final String WORK = "work";
    static final String PAY = "pay";
    static final int RUNS = 20; // and as many in each round
    static final int MORE = 3; // now and then
    static final double COST = .25;

    /** So long that something runs when it is killed. */
    private static final long WORK_NANOS = 10_000_000;

    /** Writes the id of each task that it runs behind a file of its own. */
    private static final class Spender implements Skill {
        private final FileOutputStream ran;

        Spender(Path file) {
            try {
                ran = new FileOutputStream(file.toFile(), true);
            } catch (FileNotFoundException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public SkillDescriptor descriptor() {
            return SkillDescriptor.of("spender")
                    .capability(WORK)
                    .capability(PAY)
                    .costHint(COST)
                    .build();
        }

        @Override
        public Result execute(Task task, SkillContext context) throws IOException {
            ran.write((task.id() + "\n").getBytes(StandardCharsets.UTF_8)); // one write
            LockSupport.parkNanos(WORK_NANOS);
            return new Result.Success("done", Details.builder().cost(COST).build());
        }

        @Override
        public void close() throws IOException {
            ran.close();
        }
    }

    private GuardKillChild() {}

    static HubBuilder hub(Path home, Path ran) {
        return Hub.at(home)
                .discoverSkills(false)
                .skill(new Spender(ran))
                .workers(3)
                .clock(() -> NOW)
                .zone(ZoneOffset.UTC)
                .budget(Budget.ofType(WORK).runsPerDay(RUNS))
                .budget(Budget.ofHub().costPerDay(1_000_000))
                .approvalRequired(PAY);
    }

    public static void main(String[] arguments) {
        Parent.listen();
        String round = arguments[2];
        boolean staysStopped = Boolean.parseBoolean(arguments[3]);
        Hub hub = hub(Path.of(arguments[0]), Path.of(arguments[1])).build();
        if (hub.guard().stopped().isPresent()) {
            Parent.tell("allowing " + round);
            hub.guard().allowAgain("kim", "a new round");
            Parent.tell("allowed " + round);
        }
        hub.enableAutonomousMode();
        hub.guard().grant(Budget.ofType(WORK).runsPerDay(RUNS), "kim", "a new round");
        Parent.tell("open");
        for (int i = 0; ; i++) {
            String name = round + "-" + i;
            for (int more = 0; more < 5; more++) {
                hub.submit(Task.of(WORK).id(WORK + "-" + name + "-" + more).build());
            }
            String pay = PAY + "-" + name;
            hub.submit(Task.of(PAY).id(pay).build());
            Parent.tell("held " + pay);
            if (i % 3 == 0) {
                hub.guard().approve(pay, "kim", "looked at it");
                Parent.tell("approved " + pay);
            } else if (i % 3 == 1) {
                hub.guard().reject(pay, "kim", "looked at it");
                Parent.tell("rejected " + pay);
            }
            if (i % 4 == 1) {
                hub.guard().grant(Budget.ofType(WORK).runsPerDay(MORE), "kim", "more of it");
                Parent.tell("granted " + name);
            } else if (i % 4 == 3) {
                Parent.tell("stopping " + name);
                hub.guard().stopEverything("kim", "a while", i % 8 == 3);
                Parent.tell("stopped " + name);
                while (staysStopped) {
                    LockSupport.park();
                }
                hub.submit(Task.of(WORK).id(WORK + "-" + name + "-stopped").build());
                Parent.tell("allowing " + name);
                hub.guard().allowAgain("kim", "it was a while");
                Parent.tell("allowed " + name);
            }
        }
    }
}
