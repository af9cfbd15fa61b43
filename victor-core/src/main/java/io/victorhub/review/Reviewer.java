package io.victorhub.review;

import io.victorhub.history.History;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Folds a log into statistics, trends and insights. It works on any log, with or without a hub:
 *
 * <pre>{@code
 * Reviewer reviewer = Reviewer.of(ReviewSettings.DEFAULT);
 * reviewer.catchUp(History.of(store.log()));
 * reviewer.insights().forEach(insight -> System.out.println(InsightSentences.of(insight)));
 * }</pre>
 *
 * <p><b>What settles a task:</b> an attempt after which no other is to follow, a task closed without an attempt, an
 * imported execution. An attempt that is to be retried is an attempt only. Cancelled and expired tasks and attempts count
 * in totals, not in rates of success; attempts that ended because the hub closed count in a total of their own and nowhere
 * else; attempts lost with their process are not held against a skill.
 *
 * <p><b>What it holds:</b> counts and histograms of everything it was ever given, and two weeks by the quarter of an hour;
 * its memory is bounded, see {@link Statistics}. Rates and insights are over all of it, not over recent results only.
 *
 * <p><b>Cost:</b> O(1) an entry; a snapshot costs O(skills and types), during which no entry is learned.
 *
 * <p><b>Threads:</b> safe for use by several. A snapshot shows each entry as a whole or not at all.
 *
 * @since 0.1
 */
public final class Reviewer {

    private final ReviewSettings settings;
    private final ReentrantLock catchingUp = new ReentrantLock(); // one walk through the log at a time
    private final ReentrantLock lock = new ReentrantLock(); // guards fold and learnedTo
    private final Fold fold = new Fold();
    private Position learnedTo = Position.START;

    private Reviewer(ReviewSettings settings) {
        this.settings = settings;
    }

    /** {@return a reviewer that has learned nothing yet} */
    public static Reviewer of(ReviewSettings settings) {
        return new Reviewer(Objects.requireNonNull(settings, "settings"));
    }

    /** {@return when it speaks up} */
    public ReviewSettings settings() {
        return settings;
    }

    /**
     * Learns the next entry of the log. Entries are to be given in the log's order and each once: positions are opaque, so
     * an entry that is given twice counts twice.
     *
     * @param behind the position behind the entry
     */
    public void learn(Position behind, LogEntry entry) {
        Objects.requireNonNull(behind, "behind");
        Objects.requireNonNull(entry, "entry");
        locked(() -> {
            fold.add(entry);
            learnedTo = behind;
            return entry;
        });
    }

    /**
     * Learns what stands behind {@link #learnedTo()}, up to the end of the log. Not to be mixed with {@link #learn} at the
     * same time.
     *
     * @param history always of the same log
     * @return how many entries were new
     */
    public long catchUp(History history) {
        catchingUp.lock();
        try {
            long entries = 0;
            for (LogPage.Logged logged : history.from(learnedTo())) {
                learn(logged.position(), logged.entry());
                entries++;
            }
            return entries;
        } finally {
            catchingUp.unlock();
        }
    }

    /** {@return the position behind the last entry that was learned} */
    public Position learnedTo() {
        return locked(() -> learnedTo);
    }

    /** {@return everything counted up to now} */
    public Statistics statistics() {
        return locked(() -> fold.statistics(settings.confidence()));
    }

    /** {@return how many tasks were done, wholly or in part, on the day that it is at {@code now} in the settings' zone} */
    public long completedToday(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, settings.zone());
        long first = Quarters.numberOf(today.atStartOfDay(settings.zone()).toInstant());
        long next = Quarters.numberOf(
                today.plusDays(1).atStartOfDay(settings.zone()).toInstant());
        return locked(() -> fold.quarters().between(first, next - 1).completed());
    }

    /** {@return the seven days up to {@code now} against the seven days before} What is dated later is left out. */
    public Trends trends(Instant now) {
        long last = Quarters.numberOf(now);
        return locked(() -> new WeekOverWeek(fold.quarters(), last, settings).trends());
    }

    /**
     * {@return what is worth knowing, the strongest evidence first} Empty where nothing is, or where there is not enough
     * data. No skill is ever both low and excellent.
     */
    public List<Insight> insights() {
        Optional<Rate> overall;
        Map<String, Rate> skills;
        lock.lock();
        try {
            overall = fold.successRate(settings.confidence());
            skills = fold.skillRates(settings.confidence());
        } finally {
            lock.unlock();
        }
        return new InsightRules(settings).of(overall, skills);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
