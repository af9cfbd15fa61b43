package io.victorhub.examples.benchmarks.peers;

import io.victorhub.examples.benchmarks.Contestant;
import io.victorhub.examples.benchmarks.Latencies;
import io.victorhub.examples.benchmarks.Run;
import io.victorhub.examples.benchmarks.Settings;
import io.victorhub.examples.benchmarks.Start;
import io.victorhub.examples.benchmarks.Tally;
import io.victorhub.examples.benchmarks.Unit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** The other queues as contestants. */
public final class Peers {

    /** db-scheduler. */
    public static final Peers DB_SCHEDULER = new Peers("db-scheduler", 1, DbSchedulerPeer::new);

    /** JobRunr. */
    public static final Peers JOBRUNR = new Peers("JobRunr", 8, JobRunrPeer::new);

    /** Quartz. */
    public static final Peers QUARTZ = new Peers("Quartz", 30, QuartzPeer::new);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int POLLS = 3; // times the cap: one of them polls only twice within one
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private interface Opening {
        Peer open(Database database, LongConsumer called) throws Exception;
    }

    private final String title;
    private final int slowness; // how many times fewer tasks it gets to drain: long queues slow some down
    private final Opening opening;

    private Peers(String title, int slowness, Opening opening) {
        this.title = title;
        this.slowness = slowness;
        this.opening = opening;
    }

    /** {@return eight producers that submit one by one} */
    public Contestant submit() {
        return contestant("submit")
                .row(label() + ", 8 producers", Unit.PER_SECOND)
                .measure(run -> {
                    try (Database database = database(run);
                            Peer peer = opening.open(database, number -> {})) {
                        run.report(run.settings().producers(Settings.WORKERS).perSecond(peer::submit));
                    }
                });
    }

    /** {@return a full queue that works} */
    public Contestant drain() {
        return contestant("drain").row(label(), Unit.PER_SECOND).measure(this::drain);
    }

    /** {@return an idle queue} */
    public Contestant latency() {
        return contestant("latency")
                .row("p50", label() + ", submit → start, median", Unit.MILLISECONDS)
                .row("p99", label() + ", submit → start, 99th percentile", Unit.MILLISECONDS)
                .measure(this::latency);
    }

    private void drain(Run run) throws Exception {
        int tasks = Math.max(1, run.settings().number("peer-tasks") / slowness);
        Tally tally = new Tally(tasks);
        try (Database database = database(run);
                Peer peer = opening.open(database, tally::called)) {
            peer.fill(tasks);
            database.settle();
            long all = peer.left();
            peer.work();
            tally.awaitFirstCall(PATIENCE_NANOS);
            long begin = System.nanoTime();
            LockSupport.parkNanos(run.settings().warmUpNanos());
            long warm = System.nanoTime();
            long left = peer.left();
            boolean warmedUp = left > all / 2; // else there is too little left to count
            double perSecond = warmedUp
                    ? perSecond(peer, tally, tasks, warm, left, run.settings().capNanos())
                    : perSecond(peer, tally, tasks, begin, all, run.settings().capNanos());
            run.report(perSecond);
        }
    }

    /** Asks for what is left only at the end, so that asking does not slow it down. */
    private static double perSecond(Peer peer, Tally tally, int tasks, long begin, long atBegin, long capNanos)
            throws Exception {
        long end = System.nanoTime() + capNanos;
        while (System.nanoTime() - end < 0 && (tally.calls() < tasks || peer.left() > 0)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        long now = System.nanoTime();
        return (atBegin - peer.left()) * 1e9 / (now - begin);
    }

    private void latency(Run run) throws Exception {
        Start start = new Start();
        try (Database database = database(run);
                Peer peer = opening.open(database, start::called)) {
            peer.work();
            Latencies latencies = run.settings().latencies(POLLS);
            Latencies.Spread spread = latencies
                    .run(Map.of(title, number -> start.nanos(number, peer::submit)))
                    .get(title);
            run.report("p50", spread.p50() / 1e6);
            run.report("p99", spread.p99() / 1e6);
        }
    }

    private Contestant contestant(String section) {
        return Contestant.of(section, title.toLowerCase(Locale.ROOT)).onPostgres();
    }

    private String label() {
        return title + " on PostgreSQL";
    }

    private static Database database(Run run) {
        return new Database(run.postgres()
                .orElseThrow(() -> new IllegalStateException("there is no PostgreSQL server for this contestant")));
    }
}
