package io.victorhub.examples.benchmarks.victor;

import io.victorhub.Hub;
import io.victorhub.HubListener;
import io.victorhub.examples.benchmarks.Latencies;
import io.victorhub.examples.benchmarks.Run;
import io.victorhub.examples.benchmarks.Settings;
import io.victorhub.examples.benchmarks.Start;
import io.victorhub.examples.benchmarks.limits.Limits;
import io.victorhub.examples.benchmarks.limits.RecordFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** From submit to start on an idle hub; by turns with a bare force and a plain executor, which share its noise. */
final class Latency {

    static final String FORCE = "force";
    static final String EXECUTOR = "executor";

    private static final String HUB = "hub";

    private Latency() {}

    /** Reports the medians of all three, and the 99th percentile of the hub, in microseconds. */
    static void measure(Run run, Promise promise) throws Exception {
        Latencies latencies = run.settings().latencies(1);
        Path records = Files.createDirectory(run.home().resolve("records"));
        ExecutorService pool = Executors.newFixedThreadPool(Settings.WORKERS);
        Start inPool = new Start();
        Start inHub = new Start();
        try (RecordFile file = new RecordFile(records);
                Hub hub = promise.tell(CheckingHub.at(run.home().resolve("hub"), inHub::called, new HubListener() {}))
                        .build()) {
            hub.enableAutonomousMode();
            ByteBuffer one = RecordFile.records(1);
            Map<String, Latencies.Probe> probes = new LinkedHashMap<>();
            probes.put(FORCE, number -> file.nanos(one));
            probes.put(EXECUTOR, Limits.executorProbe(pool, inPool));
            probes.put(HUB, number -> inHub.nanos(number, n -> Tasks.checkAccepted(hub.submit(Tasks.of(n)))));
            Map<String, Latencies.Spread> spreads = latencies.run(probes);
            run.report("p50", spreads.get(HUB).p50() / 1e3);
            run.report("p99", spreads.get(HUB).p99() / 1e3);
            run.report(FORCE, spreads.get(FORCE).p50() / 1e3);
            run.report(EXECUTOR, spreads.get(EXECUTOR).p50() / 1e3);
        } finally {
            pool.shutdownNow();
        }
    }
}
