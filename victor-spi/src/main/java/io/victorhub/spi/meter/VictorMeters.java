package io.victorhub.spi.meter;

import io.victorhub.spi.meter.Meter.Kind;
import java.util.List;

/**
 * All meters of a hub and its store. Names, kinds, units and tags are part of the API: dashboards and alerts are built on them.
 *
 * @since 0.1
 */
public final class VictorMeters {

    /** The value of a tag for what has no value of its own: types and skills beyond the limit. */
    public static final String OTHER = "other";

    /** The value of the tag {@code skill} where an attempt ended before anybody was chosen. */
    public static final String NOBODY = "none";

    /** Tasks that the store took. */
    public static final Meter TASKS_SUBMITTED = counter(
            "victor.tasks.submitted",
            "tasks",
            List.of("type"),
            "Tasks that were queued, by whomever: the host, the inbox, skills, the agenda.");

    /** Tasks that were not queued. */
    public static final Meter TASKS_REFUSED = counter(
            "victor.tasks.refused",
            "tasks",
            List.of("type", "reason"),
            "Tasks that were submitted and not queued: `known`, `joined`, `rule` (of the store or the authorizer), `full` (the"
                    + " queue), `trouble` (of the store).");

    /** Tasks that came to an end. */
    public static final Meter TASKS_SETTLED = counter(
            "victor.tasks.settled",
            "tasks",
            List.of("type", "status"),
            "Tasks that were settled: `done`, `dead`, `cancelled`, `expired`.");

    /** Attempts that are followed by another. */
    public static final Meter TASKS_RETRIED = counter(
            "victor.tasks.retried",
            "attempts",
            List.of("type", "reason"),
            "Failed attempts that another one follows, by why they failed.");

    /** Tasks that are not settled, and dead letters. */
    public static final Meter QUEUE_DEPTH = gauge(
            "victor.queue.depth",
            "tasks",
            List.of("status"),
            "Tasks that are `held`, `delayed`, `ready` or `running`, and dead letters (`dead`).");

    /** Attempts that ended. */
    public static final Meter ATTEMPTS = counter(
            "victor.attempts",
            "attempts",
            List.of("type", "skill", "outcome"),
            "Attempts that ended: `success`, `partial`, or the reason why not, such as `skill_error`.");

    /** How long attempts take. */
    public static final Meter ATTEMPT_DURATION =
            timer("victor.attempt.duration", List.of("type", "skill"), "From the call of the skill to its end.");

    /** How long tasks wait for an attempt. */
    public static final Meter ATTEMPT_WAIT = timer(
            "victor.attempt.wait", List.of("type"), "From when a task could start to when its attempt was planned.");

    /** Attempts that are under way. */
    public static final Meter ATTEMPTS_RUNNING =
            gauge("victor.attempts.running", "attempts", List.of(), "Attempts that are under way.");

    /** Tasks that the store handed out. */
    public static final Meter STORE_LEASES =
            counter("victor.store.leases", "tasks", List.of(), "Tasks that were handed out to be done.");

    /** How long the store takes to take tasks. */
    public static final Meter STORE_SUBMIT =
            timer("victor.store.submit", List.of(), "One call to the store that queues tasks, one or many.");

    /** How long the store takes to take results. */
    public static final Meter STORE_SETTLE = timer(
            "victor.store.settle",
            List.of(),
            "One call to the store that puts results on record, of one attempt or of many, and hands out what is next.");

    /** How often the store fails. */
    public static final Meter STORE_TROUBLE = counter(
            "victor.store.trouble",
            "times",
            List.of(),
            "How often the store came into trouble; it counts once until the store is well again.");

    /** What the journal writes. */
    public static final Meter JOURNAL_BYTES =
            counter("victor.journal.bytes", "bytes", List.of(), "Bytes that were written to the journal.");

    /** How often, and how long, the journal forces. */
    public static final Meter JOURNAL_FORCE =
            timer("victor.journal.force", List.of(), "One force of the journal to the disk.");

    /** How far learning is behind. */
    public static final Meter LEARNING_BEHIND = gauge(
            "victor.learning.behind",
            "entries",
            List.of(),
            "Entries of the log that were not learned from yet, about.");

    /** Events that nobody got. */
    public static final Meter EVENTS_DROPPED = counter(
            "victor.events.dropped", "events", List.of(), "Events that subscribers lost because they were too slow.");

    /** How often skills change. */
    public static final Meter SKILLS_CHANGED = counter(
            "victor.skills.changed",
            "times",
            List.of(),
            "How often skills came, went, were replaced, enabled or disabled.");

    /** Threads that do not come back. */
    public static final Meter SKILLS_STUCK = gauge(
            "victor.skills.stuck",
            "threads",
            List.of(),
            "Threads that are lost to skills which ignored their interruption.");

    /** Types that wait. */
    public static final Meter TYPES_WAITING =
            gauge("victor.types.waiting", "types", List.of(), "Types whose tasks wait because nobody serves them.");

    /** All of them. */
    public static final List<Meter> ALL = List.of(
            TASKS_SUBMITTED,
            TASKS_REFUSED,
            TASKS_SETTLED,
            TASKS_RETRIED,
            QUEUE_DEPTH,
            ATTEMPTS,
            ATTEMPT_DURATION,
            ATTEMPT_WAIT,
            ATTEMPTS_RUNNING,
            STORE_LEASES,
            STORE_SUBMIT,
            STORE_SETTLE,
            STORE_TROUBLE,
            JOURNAL_BYTES,
            JOURNAL_FORCE,
            LEARNING_BEHIND,
            EVENTS_DROPPED,
            SKILLS_CHANGED,
            SKILLS_STUCK,
            TYPES_WAITING);

    private VictorMeters() {}

    private static Meter counter(String name, String unit, List<String> tags, String about) {
        return new Meter(name, Kind.COUNTER, unit, tags, about);
    }

    private static Meter timer(String name, List<String> tags, String about) {
        return new Meter(name, Kind.TIMER, "nanoseconds", tags, about);
    }

    private static Meter gauge(String name, String unit, List<String> tags, String about) {
        return new Meter(name, Kind.GAUGE, unit, tags, about);
    }
}
