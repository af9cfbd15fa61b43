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

    private Victor() {}

    /** {@return producers that submit one by one} */
    public static Contestant submit(Promise promise, int producers) {
        return Contestant.of("submit", "victor-" + word(promise) + "-" + producers)
                .row("**Victor " + promise + "**, " + producers(producers), Unit.PER_SECOND)
                .unless(promise.missing())
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
                .unless(promise.missing())
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
                .unless(promise.missing())
                .measure(run -> Latency.measure(run, promise));
    }

    /** {@return a long queue: its heap, and how soon it is open again} */
    public static Contestant queued() {
        return Contestant.of("scale", "queued")
                .row("heap", "heap of 1 M queued, after GC", Unit.MEBIBYTES)
                .row("heap-a-task", "the same, a task", Unit.BYTES)
                .row("reopen", "opening 1 M queued after a clean close", Unit.SECONDS)
                .row("reopen-heap", "heap then, after GC", Unit.MEBIBYTES)
                .row("cold", "opening 1 M queued without a checkpoint", Unit.SECONDS)
                .row("cold-heap", "heap then, after GC", Unit.MEBIBYTES)
                .java("-Xms3g", "-Xmx3g")
                .phase("fill", run -> Scale.fill(run, run.settings().number("queued")))
                .phase("reopen", run -> Scale.open(run, "reopen", run.settings().number("queued")))
                .phase("cold", run -> {
                    Scale.removeCheckpoints(run.home());
                    Scale.open(run, "cold", run.settings().number("queued"));
                });
    }

    /** {@return a hub that works with a short queue} */
    public static Contestant shallow() {
        return Contestant.of("scale", "depth-1k")
                .row("drain while 1 k stay queued (refilled)", Unit.PER_SECOND)
                .java("-Xms3g", "-Xmx3g")
                .measure(run -> depth(run, Math.min(SHORT, run.settings().number("queued"))));
    }

    /** {@return a hub that works with a long queue} */
    public static Contestant deep() {
        return Contestant.of("scale", "depth-1m")
                .row("drain while 1 M stay queued (refilled)", Unit.PER_SECOND)
                .java("-Xms3g", "-Xmx3g")
                .measure(run -> depth(run, run.settings().number("queued")));
    }

    /** {@return a hub without a history} */
    public static Contestant fresh() {
        return Contestant.of("scale", "history-none")
                .row("drain with no history", Unit.PER_SECOND)
                .row("open", "opening without history", Unit.SECONDS)
                .measure(run -> History.drain(run, 0));
    }

    /** {@return a hub with a history} */
    public static Contestant old() {
        return Contestant.of("scale", "history")
                .row("drain after `--history` executions", Unit.PER_SECOND)
                .row("open", "opening after `--history` executions", Unit.SECONDS)
                .phase("make", run -> History.make(run, run.settings().number("history")))
                .phase("drain", run -> History.drain(run, run.settings().number("history")));
    }

    /** {@return a very long queue in a small heap} */
    public static Contestant tenMillion() {
        return Contestant.of("scale", "ten-million")
                .row("open", "opening 10 M queued in `-Xmx1g`", Unit.SECONDS)
                .row("drain", "draining 10 M queued in `-Xmx1g`", Unit.PER_SECOND)
                .java("-Xmx1g")
                .onDemand()
                .phase("fill", run -> Scale.fillOnly(run, run.settings().number("many")))
                .phase("drain", run -> History.openAndDrain(run, run.settings().number("many")));
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

    private static void depth(Run run, int queued) throws Exception {
        Settings settings = run.settings();
        run.report(
                new Depth(queued, settings.number("depth-warmup"), settings.number("depth-tasks"), settings.capNanos())
                        .run(run.home(), 0)
                        .perSecond());
    }

    private static String producers(int producers) {
        return producers + (producers == 1 ? " producer" : " producers");
    }

    private static String word(Promise promise) {
        return promise.name().toLowerCase(Locale.ROOT);
    }
}
