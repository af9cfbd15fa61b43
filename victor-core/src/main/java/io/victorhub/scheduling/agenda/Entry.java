package io.victorhub.scheduling.agenda;

import io.victorhub.scheduling.Recurring;
import io.victorhub.scheduling.RecurringStatus;
import io.victorhub.scheduling.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A recurring task as it is kept.
 *
 * @param definition what it is
 * @param since when it was registered as it is now, from which a rate without a start counts
 * @param next when it comes next
 * @param last the time of its latest run
 * @param runs how many there were
 * @param paused whether it is paused on its own
 * @param version of what is kept
 */
record Entry(
        Recurring definition,
        Instant since,
        Instant next,
        Optional<Instant> last,
        long runs,
        boolean paused,
        long version) {

    /** {@return one that is registered now, in place of another or of none} */
    static Entry registered(Recurring definition, Instant now, ZoneId hubZone, Optional<Entry> before) {
        Entry entry = new Entry(
                definition,
                now,
                now,
                before.flatMap(Entry::last),
                before.map(Entry::runs).orElse(0L),
                before.map(Entry::paused).orElse(false),
                0);
        return entry.after(now, hubZone);
    }

    String name() {
        return definition.name();
    }

    RecurringStatus status() {
        return new RecurringStatus(definition, next, last, runs, paused);
    }

    /** {@return the same, which comes next after {@code now}} */
    Entry after(Instant now, ZoneId hubZone) {
        return new Entry(definition, since, time(now, hubZone), last, runs, paused, version);
    }

    /** {@return the same after some more runs, the latest of which had that time} */
    Entry ran(List<Instant> times) {
        if (times.isEmpty()) {
            return this;
        }
        Optional<Instant> latest = Optional.of(times.get(times.size() - 1));
        return new Entry(definition, since, next, latest, runs + times.size(), paused, version);
    }

    Entry paused(boolean pause) {
        return new Entry(definition, since, next, last, runs, pause, version);
    }

    /** {@return the times that have come and are to be run now} */
    List<Instant> due(Instant now, ZoneId hubZone) {
        return switch (definition.missed()) {
            case ONCE -> List.of(next);
            case SKIP -> notMissed(now, hubZone);
            case ALL -> latest(now, hubZone);
        };
    }

    private List<Instant> notMissed(Instant now, ZoneId hubZone) {
        Instant grace = now.minus(Recurring.GRACE);
        Instant first = next.isBefore(grace) ? time(grace.minusNanos(1), hubZone) : next;
        return first.isAfter(now) ? List.of() : List.of(first);
    }

    List<Instant> upcoming(int count, ZoneId hubZone) {
        List<Instant> times = new ArrayList<>(List.of(next));
        times.addAll(schedule().next(Math.max(0, count - 1), next, zone(hubZone)));
        return times.subList(0, Math.min(count, times.size()));
    }

    /** Looks back further and further, so that it walks through a few times too many, and not through years of them. */
    private List<Instant> latest(Instant now, ZoneId hubZone) {
        for (Duration back = Duration.ofHours(1); ; back = back.multipliedBy(2)) {
            boolean all = !now.minus(back).isAfter(next);
            List<Instant> times = new ArrayList<>();
            for (Instant at = all ? next : time(now.minus(back), hubZone); !at.isAfter(now); at = time(at, hubZone)) {
                times.add(at);
            }
            if (all || times.size() >= Recurring.MOST_MADE_UP) {
                return times.subList(Math.max(0, times.size() - Recurring.MOST_MADE_UP), times.size());
            }
        }
    }

    private Instant time(Instant after, ZoneId hubZone) {
        return schedule().next(after, zone(hubZone));
    }

    private Schedule schedule() {
        return definition.schedule() instanceof Schedule.Every every
                        && every.start().isEmpty()
                ? every.startingAt(since)
                : definition.schedule();
    }

    private ZoneId zone(ZoneId hubZone) {
        return definition.zone().orElse(hubZone);
    }
}
