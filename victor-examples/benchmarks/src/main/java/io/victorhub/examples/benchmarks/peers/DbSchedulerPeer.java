package io.victorhub.examples.benchmarks.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.victorhub.examples.benchmarks.Payload;
import io.victorhub.examples.benchmarks.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** db-scheduler: lock-and-fetch as its docs advise for high rates on PostgreSQL, and immediate execution. */
final class DbSchedulerPeer implements Peer {

    private static final double FETCH_BELOW = 4; // times the threads
    private static final double FETCH_UP_TO = 20;

    /** Bytes as they are; quicker than its default, which is Java's serialization. */
    private static final class Text implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            return data == null ? null : ((String) data).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] bytes) {
            return bytes == null ? null : type.cast(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private final Database database;
    private final OneTimeTask<String> task;
    private final Scheduler scheduler;

    DbSchedulerPeer(Database database, LongConsumer called) throws Exception {
        this.database = database;
        database.run(DbSchedulerPeer.class, "db-scheduler.sql");
        task = Tasks.oneTime("check", String.class)
                .execute((instance, context) -> called.accept(Payload.check(instance.getData())));
        scheduler = Scheduler.create(database.pool(), task)
                .threads(Settings.WORKERS)
                .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
                .pollingInterval(Duration.ofMillis(100))
                .enableImmediateExecution()
                .serializer(new Text())
                .build();
    }

    @Override
    public void submit(long number) {
        scheduler.schedule(task.instance("t-" + number, Payload.json(number)), Instant.now());
    }

    @Override
    public void fill(int tasks) {
        Stream<TaskInstance<?>> all =
                IntStream.range(0, tasks).mapToObj(number -> task.instance("t-" + number, Payload.json(number)));
        scheduler.scheduleBatch(all, Instant.now());
    }

    @Override
    public void work() {
        scheduler.start();
    }

    @Override
    public long left() throws Exception {
        return database.number("select count(*) from scheduled_tasks");
    }

    @Override
    public void close() {
        scheduler.stop();
    }
}
