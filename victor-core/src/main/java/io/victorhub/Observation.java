package io.victorhub;

import io.victorhub.metrics.recording.Recording;
import io.victorhub.metrics.recording.Refusal;
import io.victorhub.scheduling.loop.WorkLoop;
import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.meter.Meters;
import io.victorhub.spi.meter.VictorMeters;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.TaskStatus;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who watches a hub: its meters, if there are any, those who have subscribed to events, and what counts dead letters. */
final class Observation {

    private final Meters meters;
    private final @Nullable Recording recording; // null where nobody measures
    private final EventFeed feed;
    private final DeathWatch deaths;

    private Observation(Meters meters, HubBuilder builder, HubThreads threads) {
        this.meters = meters;
        Recording made = meters == Meters.none() ? null : new Recording(meters);
        this.recording = made;
        this.feed = new EventFeed(threads.events(), builder.clock, made == null ? number -> {} : made::eventsDropped);
        this.deaths = new DeathWatch(builder.healthLimits, builder.clock);
    }

    static Observation of(HubBuilder builder, HubThreads threads) {
        Meters given = builder.meters;
        return new Observation(given == null ? found(builder) : given, builder, threads);
    }

    private static Meters found(HubBuilder builder) {
        List<Meters> all = ServiceLoader.load(Meters.class, HubStore.loader(builder)).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (all.size() > 1) {
            String names = all.stream().map(one -> one.getClass().getName()).collect(Collectors.joining(", "));
            throw new IllegalStateException(
                    "there is more than one place for figures (" + names + "); hand one over with HubBuilder.meters");
        }
        return all.isEmpty() ? Meters.none() : all.get(0);
    }

    Meters meters() {
        return meters;
    }

    EventFeed feed() {
        return feed;
    }

    DeathWatch deaths() {
        return deaths;
    }

    /** {@return the store, watched} */
    Store watching(Store store) {
        return new StoreWithTasks(store, new ObservedTasks(store.tasks(), feed, recording));
    }

    /** Measures how much there is from now on, whenever somebody asks. */
    void measure(Store store, WorkLoop loop, LongSupplier behind) {
        Recording measured = recording;
        if (measured != null) {
            measured.queue(status -> store.tasks().stats().count(status).orElse(0));
            measured.gauge(VictorMeters.ATTEMPTS_RUNNING, () -> loop.running().size());
            measured.gauge(VictorMeters.LEARNING_BEHIND, behind::getAsLong);
            measured.gauge(VictorMeters.SKILLS_STUCK, loop::stuckThreads);
            measured.gauge(
                    VictorMeters.TYPES_WAITING, () -> loop.waitingForSkill().size());
        }
    }

    /** A lease has ended, and the log says so. */
    void settled(LogEntry entry, Disposition disposition) {
        if (entry instanceof Execution execution) {
            Recording measured = recording;
            if (measured != null) {
                measured.ended(execution, disposition);
            }
            if (disposition instanceof Disposition.Settled settled && settled.as() == TaskStatus.DEAD) {
                deaths.died();
            }
        }
    }

    /** A task was settled otherwise than by an attempt. */
    void closed(Closed entry, TaskStatus as) {
        Recording measured = recording;
        if (measured != null) {
            measured.closed(entry.type(), as);
        }
        if (as == TaskStatus.DEAD) {
            deaths.died();
        }
    }

    void followedUp(List<Submission> followUps) {
        Recording measured = recording;
        if (measured != null) {
            measured.followedUp(followUps);
        }
        if (feed.isHeard()) {
            followUps.forEach(feed::queued);
        }
    }

    void refused(Submission submission, Refusal why) {
        Recording measured = recording;
        if (measured != null) {
            measured.refused(submission.task().type(), why);
        }
    }

    void storageTrouble() {
        Recording measured = recording;
        if (measured != null) {
            measured.storageTrouble();
        }
    }

    void skillsChanged() {
        Recording measured = recording;
        if (measured != null) {
            measured.skillsChanged();
        }
    }

    /** The last that is told, and measured. */
    void close() {
        feed.close();
        Recording measured = recording;
        if (measured != null) {
            measured.close();
        }
    }
}
