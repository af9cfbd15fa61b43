package io.victorhub.examples.benchmarks.peers;

import io.victorhub.examples.benchmarks.Payload;
import io.victorhub.examples.benchmarks.Settings;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;

/** JobRunr: job requests instead of lambdas, and the shortest interval that it lets an SQL store be polled in. */
final class JobRunrPeer implements Peer {

    private static final Duration SHORTEST_POLL = Duration.ofSeconds(5);

    private final Database database;
    private final PostgresStorageProvider store;
    private final JobRequestScheduler scheduler;
    private final BackgroundJobServer server;

    JobRunrPeer(Database database, LongConsumer called) {
        this.database = database;
        JsonMapper json = new JacksonJsonMapper();
        store = new PostgresStorageProvider(database.pool());
        store.setJobMapper(new JobMapper(json));
        scheduler = new JobRequestScheduler(store);
        server = new BackgroundJobServer(
                store,
                json,
                activator(new CheckRequestHandler(called)),
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(Settings.WORKERS)
                        .andPollInterval(SHORTEST_POLL));
    }

    private static JobActivator activator(CheckRequestHandler handler) {
        return new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                return type.cast(handler);
            }
        };
    }

    @Override
    public void submit(long number) {
        scheduler.enqueue(new CheckRequest(Payload.json(number)));
    }

    @Override
    public void fill(int tasks) {
        scheduler.enqueue(IntStream.range(0, tasks).mapToObj(number -> new CheckRequest(Payload.json(number))));
    }

    @Override
    public void work() {
        server.start();
    }

    /** Those that are done stay as rows until it cleans up. */
    @Override
    public long left() throws Exception {
        return database.number("select count(*) from jobrunr_jobs where state <> 'SUCCEEDED'");
    }

    @Override
    public void close() {
        server.stop();
        scheduler.shutdown();
        store.close();
    }
}
