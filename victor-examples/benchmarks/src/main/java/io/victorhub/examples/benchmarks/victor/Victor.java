package io.victorhub.examples.benchmarks.victor;

import io.victorhub.examples.benchmarks.Contestant;
import io.victorhub.examples.benchmarks.Run;
import io.victorhub.examples.benchmarks.Settings;
import io.victorhub.examples.benchmarks.Unit;
import java.nio.file.Path;
import java.util.Locale;

/** The hub as contestants. */
public final class Victor {

    private static final int BATCH = 1_000;
    private static final int SHORT = 1_000;
    private static final String SCALE = "scale";
    private static final String QUEUED = "queued";
    private static final String[] LARGE = {"-Xms3g", "-Xmx3g"};

    private Victor() {}

    /** {@return producers that submit one by one} */
    public static Contestant submit(Promise promise, int producers) {
        return Contestant.of("submit", "victor-" + word(promise) + "-" + producers)
                .row("**Victor " + promise + "**, " + producers(producers), Unit.PER_SECOND)
                .measure(
                        run -> run.report(new Submit(run.settings().producers(producers), 1, promise).run(run.home())));
    }

    /** {@return one producer that submits a thousand at once} */
    public static Contestant submitAll() {
        return Contestant.of("submit", "victor-all")
                .row("**Victor SYNC**, `submitAll` of 1,000, 1 producer, tasks", Unit.PER_SECOND)
                .measure(run ->
                        run.report(new Submit(run.settings().producers(1), BATCH, Promise.SYNC).run(run.home())));
    }

    /** {@return a full hub that works} */
    public static Contestant drain(Promise promise, int candidates) {
        String name = "victor-" + word(promise) + "-" + candidates;
        String label = "**Victor " + (promise == Promise.STRICT ? "strictAck" : promise) + "**, routing over "
                + candidates + (candidates == 1 ? " candidate" : " candidates");
        return Contestant.of("drain", name)
                .row(label, Unit.PER_SECOND)
                .row("learned", label + ", until learned from", Unit.PER_SECOND)
                .measure(run -> drain(run, promise, candidates));
    }

    /** {@return an idle hub} */
    public static Contestant latency(Promise promise) {
        String victor = "**Victor " + promise + "**, submit → start";
        return Contestant.of("latency", "victor-" + word(promise))
                .row("p50", victor + ", median", Unit.MICROSECONDS)
                .row("p99", victor + ", 99th percentile", Unit.MICROSECONDS)
                .row(Latency.FORCE, "by turns with it: bare write + `force(false)`, median", Unit.MICROSECONDS)
                .row(Latency.EXECUTOR, "by turns with it: plain executor, median", Unit.MICROSECONDS)
                .measure(run -> Latency.measure(run, promise));
    }

    /** {@return a long queue: its heap, and how soon it is open again} */
    public static Contestant queued(Settings settings) {
        String queued = number(settings, QUEUED) + " queued";
        return Contestant.of(SCALE, "queued")
                .row("heap", "heap of " + queued + ", after GC", Unit.MEBIBYTES)
                .row("heap-a-task", "the same, a task", Unit.BYTES)
                .row("reopen", "opening " + queued + " after a clean close", Unit.SECONDS)
                .row("reopen-heap", "heap then, after GC", Unit.MEBIBYTES)
                .row("removed", "files of checkpoints removed before the next", Unit.COUNT)
                .row("cold", "opening " + queued + " without a checkpoint", Unit.SECONDS)
                .row("cold-heap", "heap then, after GC", Unit.MEBIBYTES)
                .java(LARGE)
                .phase("fill", run -> Scale.fill(run, settings.number(QUEUED)))
                .phase("reopen", run -> Scale.open(run, "reopen", settings.number(QUEUED)))
                .phase("cold", run -> {
                    run.report("removed", Scale.removeCheckpoints(run.home()));
                    Scale.open(run, "cold", settings.number(QUEUED));
                });
    }

    /** {@return a hub that works with a short queue} */
    public static Contestant shallow(Settings settings) {
        return depth("depth-short", Math.min(SHORT, settings.number(QUEUED)));
    }

    /** {@return a hub that works with a long queue} */
    public static Contestant deep(Settings settings) {
        return depth("depth-long", settings.number(QUEUED));
    }

    /** {@return a hub without a history} */
    public static Contestant fresh() {
        return Contestant.of(SCALE, "history-none")
                .row("drain without a history", Unit.PER_SECOND)
                .row("open", "opening without a history", Unit.SECONDS)
                .measure(run -> History.drain(run, 0));
    }

    /** {@return a hub with a history} */
    public static Contestant old(Settings settings) {
        String history = number(settings, "history") + " executions";
        return Contestant.of(SCALE, "history")
                .row("drain after " + history, Unit.PER_SECOND)
                .row("open", "opening after " + history, Unit.SECONDS)
                .phase("make", run -> History.make(run, settings.number("history")))
                .phase("drain", run -> History.drain(run, settings.number("history")));
    }

    /** {@return a very long queue in a small heap} */
    public static Contestant tenMillion(Settings settings) {
        String queued = number(settings, "many") + " queued in `-Xmx1g`";
        return Contestant.of(SCALE, "ten-million")
                .row("open", "opening " + queued, Unit.SECONDS)
                .row("drain", "draining " + queued, Unit.PER_SECOND)
                .java("-Xmx1g")
                .onDemand()
                .phase("fill", run -> Scale.fillOnly(run, settings.number("many")))
                .phase("drain", run -> History.openAndDrain(run, settings.number("many")));
    }

    private static Contestant depth(String name, int queued) {
        String label = String.format(Locale.ROOT, "drain while %,d stay queued", queued);
        return Contestant.of(SCALE, name)
                .row(label, Unit.PER_SECOND)
                .row("starved", "looks that found fewer than 8 of them", Unit.PERCENT)
                .java(LARGE)
                .measure(run -> {
                    Settings settings = run.settings();
                    Depth.Result result = new Depth(
                                    queued,
                                    settings.number("depth-warmup"),
                                    settings.number("depth-tasks"),
                                    settings.capNanos())
                            .run(run.home(), 0);
                    run.report(result.perSecond());
                    run.report("starved", result.starvedPercent());
                });
    }

    private static void drain(Run run, Promise promise, int candidates) throws Exception {
        Settings settings = run.settings();
        Path home = run.home();
        new Drain(settings.number("drain-warmup"), Settings.WORKERS, candidates, promise, settings.capNanos())
                .run(home.resolve("warm-up"));
        Drain.Speed speed = new Drain(
                        settings.number("drain-tasks"), Settings.WORKERS, candidates, promise, settings.capNanos())
                .run(home.resolve("counted"));
        run.report(speed.recorded());
        run.report("learned", speed.learned());
    }

    private static String number(Settings settings, String flag) {
        return String.format(Locale.ROOT, "%,d", settings.number(flag));
    }

    private static String producers(int producers) {
        return producers + (producers == 1 ? " producer" : " producers");
    }

    private static String word(Promise promise) {
        return promise.name().toLowerCase(Locale.ROOT);
    }
}
