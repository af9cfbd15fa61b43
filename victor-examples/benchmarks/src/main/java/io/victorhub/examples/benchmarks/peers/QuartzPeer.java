package io.victorhub.examples.benchmarks.peers;

import io.victorhub.examples.benchmarks.Payload;
import io.victorhub.examples.benchmarks.Settings;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.LongConsumer;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.utils.DBConnectionManager;

/** Quartz: one durable job, a trigger for each task, eight triggers acquired at once. */
final class QuartzPeer implements Peer {

    private static final String PAYLOAD = "payload";
    private static final String SOURCE = "pool";

    /** Only there to have a name; whose work is done is decided by the factory of jobs. */
    public static final class Check implements Job {
        private final LongConsumer called;

        Check(LongConsumer called) {
            this.called = called;
        }

        @Override
        public void execute(JobExecutionContext context) {
            called.accept(Payload.check(context.getMergedJobDataMap().getString(PAYLOAD)));
        }
    }

    private final Database database;
    private final Scheduler scheduler;
    private final JobDetail job =
            JobBuilder.newJob(Check.class).withIdentity("check").storeDurably().build();

    QuartzPeer(Database database, LongConsumer called) throws Exception {
        this.database = database;
        database.run(JobStoreTX.class, "tables_postgres.sql");
        DBConnectionManager.getInstance().addConnectionProvider(SOURCE, new PooledConnections(database));
        StdSchedulerFactory factory = new StdSchedulerFactory();
        factory.initialize(properties());
        scheduler = factory.getScheduler();
        scheduler.setJobFactory((bundle, itself) -> new Check(called));
        scheduler.addJob(job, true);
    }

    private static Properties properties() {
        Properties all = new Properties();
        all.putAll(Map.ofEntries(
                Map.entry(StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, "benchmark"),
                Map.entry("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "8"),
                Map.entry("org.quartz.threadPool.class", SimpleThreadPool.class.getName()),
                Map.entry("org.quartz.threadPool.threadCount", String.valueOf(Settings.WORKERS)),
                Map.entry("org.quartz.jobStore.class", JobStoreTX.class.getName()),
                Map.entry("org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName()),
                Map.entry("org.quartz.jobStore.dataSource", SOURCE),
                Map.entry("org.quartz.jobStore.useProperties", "true"),
                Map.entry("org.quartz.jobStore.acquireTriggersWithinLock", "true"), // needed for more than one at once
                Map.entry("org.quartz.jobStore.misfireThreshold", "3600000"))); // a long queue is no misfire
        return all;
    }

    @Override
    public void submit(long number) throws Exception {
        scheduler.scheduleJob(trigger(number));
    }

    @Override
    public void fill(int tasks) throws Exception {
        Set<Trigger> all = new HashSet<>();
        for (int number = 0; number < tasks; number++) {
            all.add(trigger(number));
        }
        scheduler.scheduleJobs(Map.of(job, all), true);
    }

    private Trigger trigger(long number) {
        return TriggerBuilder.newTrigger()
                .withIdentity("t-" + number)
                .forJob(job)
                .usingJobData(PAYLOAD, Payload.json(number))
                .startNow()
                .build();
    }

    @Override
    public void work() throws Exception {
        scheduler.start();
    }

    @Override
    public long left() throws Exception {
        return database.number("select count(*) from qrtz_triggers")
                + database.number("select count(*) from qrtz_fired_triggers");
    }

    @Override
    public void close() {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz does not end", e);
        }
    }
}
