package io.victorhub.examples.benchmarks;

import static io.victorhub.examples.benchmarks.peers.Peers.DB_SCHEDULER;
import static io.victorhub.examples.benchmarks.peers.Peers.JOBRUNR;
import static io.victorhub.examples.benchmarks.peers.Peers.QUARTZ;
import static io.victorhub.examples.benchmarks.victor.Promise.PROCESS;
import static io.victorhub.examples.benchmarks.victor.Promise.STRICT;
import static io.victorhub.examples.benchmarks.victor.Promise.SYNC;

import io.victorhub.examples.benchmarks.limits.Limits;
import io.victorhub.examples.benchmarks.victor.Victor;
import java.util.List;
import java.util.Map;

/** All contestants, in the order in which a round runs them: beside each other what is compared. And the targets. */
final class Catalogue {

    /** The sections of the table, in their order. */
    static final List<String> SECTIONS = List.of("limits", "submit", "drain", "latency", "scale");

    private static final Map<String, String> TITLES = Map.of(
            "limits", "Limits of this machine",
            "submit", "Submit: 200 bytes of JSON, durable when the call returns",
            "drain", "Drain: 8 workers, from the first call of a handler to the last durable end",
            "latency", "Latency: an idle queue, submits 2 to 10 ms apart",
            "scale", "Scale: long queues and long histories");

    private static final double MOST_MICROS_ABOVE_A_FORCE = 100;

    private Catalogue() {}

    /** {@return all contestants, with labels that name the sizes set} */
    static List<Contestant> all(Settings settings) {
        return List.of(
                Limits.force(),
                Limits.forceAllocated(),
                Victor.submit(SYNC, 1),
                Limits.ceilingAllocated(8),
                Limits.ceiling(8),
                Victor.submit(SYNC, 8),
                DB_SCHEDULER.submit(),
                JOBRUNR.submit(),
                QUARTZ.submit(),
                Limits.ceiling(64),
                Victor.submit(SYNC, 64),
                Limits.thousand(),
                Victor.submitAll(),
                Victor.submit(PROCESS, 1),
                Victor.submit(PROCESS, 8),
                Limits.executor(),
                Victor.drain(SYNC, 1),
                Victor.drain(SYNC, 3),
                Victor.drain(STRICT, 1),
                Victor.drain(STRICT, 3),
                DB_SCHEDULER.drain(),
                JOBRUNR.drain(),
                QUARTZ.drain(),
                Victor.latency(SYNC),
                Victor.latency(PROCESS),
                DB_SCHEDULER.latency(),
                JOBRUNR.latency(),
                QUARTZ.latency(),
                Victor.queued(settings),
                Victor.shallow(settings),
                Victor.deep(settings),
                Victor.fresh(),
                Victor.old(settings),
                Victor.tenMillion(settings));
    }

    /** {@return what is wanted of Victor} */
    static List<Target> targets() {
        return List.of(
                Target.ratioAtLeast(
                        "submit SYNC, 8 producers ÷ ceiling 8", "submit/victor-sync-8", "limits/ceiling-8", 0.9),
                Target.ratioAtLeast(
                        "submit SYNC, 64 producers ÷ ceiling 64", "submit/victor-sync-64", "limits/ceiling-64", 0.8),
                Target.ratioAtLeast(
                        "`submitAll` of 1,000 ÷ 1,000 a force", "submit/victor-all", "limits/thousand", 0.6),
                Target.ratioAtLeast(
                        "submit SYNC, 8 producers ÷ db-scheduler", "submit/victor-sync-8", "submit/db-scheduler", 5),
                Target.ratioAtLeast("submit SYNC, 8 producers ÷ JobRunr", "submit/victor-sync-8", "submit/jobrunr", 15),
                Target.ratioAtLeast("submit SYNC, 8 producers ÷ Quartz", "submit/victor-sync-8", "submit/quartz", 60),
                Target.ratioAtLeast(
                        "drain, 1 candidate ÷ db-scheduler", "drain/victor-sync-1", "drain/db-scheduler", 100),
                Target.ratioAtLeast(
                        "drain, 3 candidates ÷ db-scheduler", "drain/victor-sync-3", "drain/db-scheduler", 100),
                Target.ratioAtLeast("drain, 1 candidate ÷ JobRunr", "drain/victor-sync-1", "drain/jobrunr", 1_000),
                Target.ratioAtLeast("drain, 3 candidates ÷ JobRunr", "drain/victor-sync-3", "drain/jobrunr", 1_000),
                Target.ratioAtLeast("drain, 1 candidate ÷ Quartz", "drain/victor-sync-1", "drain/quartz", 2_000),
                Target.ratioAtLeast("drain, 3 candidates ÷ Quartz", "drain/victor-sync-3", "drain/quartz", 2_000),
                Target.ratioAtLeast(
                        "drain strictAck, 1 candidate ÷ ceiling 8", "drain/victor-strict-1", "limits/ceiling-8", 1),
                Target.ratioAtLeast(
                        "drain strictAck, 3 candidates ÷ ceiling 8", "drain/victor-strict-3", "limits/ceiling-8", 1),
                Target.differenceAtMost(
                        "submit → start SYNC − one bare force, medians, by turns",
                        "latency/victor-sync.p50",
                        "latency/victor-sync.force",
                        MOST_MICROS_ABOVE_A_FORCE,
                        Unit.MICROSECONDS),
                Target.ratioAtMost(
                        "submit → start PROCESS ÷ plain executor, medians, by turns",
                        "latency/victor-process.p50",
                        "latency/victor-process.executor",
                        2),
                Target.atMost("heap of 1 M queued", "scale/queued.heap", 64, Unit.MEBIBYTES),
                Target.atMost("opening 1 M queued without a checkpoint", "scale/queued.cold", 2, Unit.SECONDS),
                Target.atMost("opening 1 M queued with a checkpoint", "scale/queued.reopen", 0.7, Unit.SECONDS),
                Target.ratioAtLeast("drain at 1 M queued ÷ at 1 k", "scale/depth-long", "scale/depth-short", 0.9),
                Target.ratioAtLeast("drain after a history ÷ without", "scale/history", "scale/history-none", 0.9));
    }

    /** {@return what a section is called in the table} */
    static String title(String section) {
        return TITLES.getOrDefault(section, section);
    }

    /** @throws IllegalArgumentException if there is none of that name */
    static Contestant named(String name, Settings settings) {
        return all(settings).stream()
                .filter(contestant -> contestant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no contestant " + name));
    }
}
