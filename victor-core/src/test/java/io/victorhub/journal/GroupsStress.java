package io.victorhub.journal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.victorhub.spi.store.StorageException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What two threads see of each other in a group commit, tried some million times; run by {@link StressTest}. */
final class GroupsStress {

    /** Counts what is written and what is forced; nothing else would be fast enough. */
    private static final class Counted implements Groups.Disk {
        private final boolean forceFails;
        private final int failingWrite;
        private volatile int written;
        private volatile int forced;

        Counted(boolean forceFails, int failingWrite) {
            this.forceFails = forceFails;
            this.failingWrite = failingWrite;
        }

        @Override
        public void write(Ticket first) {
            int now = written;
            for (@Nullable Ticket ticket = first; ticket != null; ticket = ticket.next) {
                if (++now == failingWrite) {
                    ticket.fail(new StorageException("no room"));
                } else {
                    ticket.writtenAt(1, now);
                }
            }
            written = now;
        }

        @Override
        public void force() {
            int now = written;
            if (forceFails) {
                throw new StorageException("no force");
            }
            forced = now;
        }

        @Override
        public void afterTurn() {
            // nobody is to be told
        }
    }

    private abstract static class Two {
        final Counted disk;
        final Groups groups;

        Two(boolean forceFails, int failingWrite) {
            disk = new Counted(forceFails, failingWrite);
            groups = new Groups(disk);
        }

        final Ticket handIn(Force force) {
            Ticket ticket = new Ticket(new Lines(0), force, false);
            groups.add(ticket);
            return ticket;
        }

        final Ticket keep(Force force) {
            Ticket ticket = handIn(force);
            groups.await(ticket);
            return ticket;
        }

        final boolean isForced(Ticket ticket) {
            return ticket.isWritten() && !ticket.isFailed() && ticket.offset(0) <= disk.forced;
        }

        final boolean isWritten(Ticket ticket) {
            return ticket.isWritten() && !ticket.isFailed() && ticket.offset(0) <= disk.written;
        }
    }

    /** Both are forced when they are told so. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "both are forced")
    @Outcome(expect = FORBIDDEN, desc = "one was told too early")
    @State
    public static class BothForce extends Two {
        public BothForce() {
            super(false, 0);
        }

        @Actor
        public void first(ZZ_Result result) {
            result.r1 = isForced(keep(Force.NOW));
        }

        @Actor
        public void second(ZZ_Result result) {
            result.r2 = isForced(keep(Force.NOW));
        }
    }

    /** One forces, the other only writes, and again. */
    @JCStressTest
    @Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "all are where they should be")
    @Outcome(expect = FORBIDDEN, desc = "one was told too early")
    @State
    public static class OneForces extends Two {
        public OneForces() {
            super(false, 0);
        }

        @Actor
        public void first(ZZZ_Result result) {
            result.r1 = isForced(keep(Force.NOW));
        }

        @Actor
        public void second(ZZZ_Result result) {
            result.r2 = isWritten(keep(Force.NONE));
            result.r3 = isForced(keep(Force.NOW));
        }
    }

    /** A thread waits for what it handed in first only after what it handed in then. */
    @JCStressTest
    @Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "all are where they should be")
    @Outcome(expect = FORBIDDEN, desc = "one was told too early")
    @State
    public static class WaitsInAnyOrder extends Two {
        public WaitsInAnyOrder() {
            super(false, 0);
        }

        @Actor
        public void first(ZZZ_Result result) {
            result.r1 = isForced(keep(Force.NOW));
        }

        @Actor
        public void second(ZZZ_Result result) {
            Ticket before = handIn(Force.NOW);
            result.r2 = isWritten(keep(Force.SOON));
            groups.await(before);
            result.r3 = isForced(before);
        }
    }

    /** The force fails for whoever needs it, and for nobody else. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "one failed, one was kept")
    @Outcome(expect = FORBIDDEN, desc = "a failed force was told as a good one, or the other way round")
    @State
    public static class ForceFails extends Two {
        public ForceFails() {
            super(true, 0);
        }

        @Actor
        public void first(ZZ_Result result) {
            result.r1 = keep(Force.NOW).isFailed();
        }

        @Actor
        public void second(ZZ_Result result) {
            result.r2 = isWritten(keep(Force.SOON));
        }
    }

    /** Whoever is written first fails. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the first one failed")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the second one failed")
    @Outcome(expect = FORBIDDEN, desc = "both or none")
    @State
    public static class WriteFails extends Two {
        public WriteFails() {
            super(false, 1);
        }

        @Actor
        public void first(ZZ_Result result) {
            result.r1 = !isForced(keep(Force.NOW));
        }

        @Actor
        public void second(ZZ_Result result) {
            result.r2 = !isForced(keep(Force.NOW));
        }
    }

    /** Something is done while nobody writes, after all of before is written. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "all of before was written")
    @Outcome(expect = FORBIDDEN, desc = "something was not written, or was while nobody should have")
    @State
    public static class NobodyWrites extends Two {
        public NobodyWrites() {
            super(false, 0);
        }

        @Actor
        public void first(ZZ_Result result) {
            result.r1 = isForced(keep(Force.NOW));
        }

        @Actor
        public void second(ZZ_Result result) {
            Ticket before = handIn(Force.NONE);
            groups.whileNobodyWrites(() -> {
                int written = disk.written;
                result.r2 = isWritten(before) && written == disk.written;
            });
        }
    }

    private GroupsStress() {}
}
