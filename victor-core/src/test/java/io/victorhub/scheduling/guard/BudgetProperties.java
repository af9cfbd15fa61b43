package io.victorhub.scheduling.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.scheduling.Budget;
import io.victorhub.scheduling.Budget.Kind;
import io.victorhub.scheduling.Budget.Limit;
import io.victorhub.scheduling.BudgetStatus;
import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.Fence;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.StateStore;
import io.victorhub.store.Stores;
import io.victorhub.testing.SettableClock;
import io.victorhub.testing.StoreContexts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * What budgets say is what a list of all that ran says: over hours, days of 23 and 25 hours, results that come hours late,
 * logs that are read behind, grants, changes, clocks that are set back, and restarts without a last word.
 */
class BudgetProperties {

    private static final List<String> TYPES = List.of("mail", "work", "pay");
    private static final List<String> SKILLS = List.of("a", "b");
    private static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(1);

    @AfterContainer
    static void end() {
        TIMER.shutdownNow();
    }

    /** A log in memory. */
    private static final class Log implements ExecutionLog {
        private final List<LogEntry> entries = new ArrayList<>();

        @Override
        public void append(Collection<LogEntry> more) {
            entries.addAll(more);
        }

        @Override
        public LogPage read(Position after, int max) {
            int from = index(after);
            List<LogPage.Logged> page = new ArrayList<>();
            for (int i = from; i < Math.min(entries.size(), from + max); i++) {
                page.add(new LogPage.Logged(behind(i), entries.get(i)));
            }
            return new LogPage(page, page.isEmpty() ? after : behind(from + page.size() - 1));
        }

        @Override
        public void forget(Position before) {
            throw new UnsupportedOperationException();
        }

        static Position behind(int index) {
            return new Position(String.valueOf(index + 1));
        }

        static int index(Position after) {
            return after.text().isEmpty() ? 0 : Integer.parseInt(after.text());
        }
    }

    /** An attempt on both sides. */
    private record Under(Lease lease, @Nullable Pending pending, BudgetModel.Ran ran) {}

    /** One history. */
    private static final class History {
        private final Random random;
        private final ZoneId zone = ZoneId.of("Europe/Berlin");
        private final SettableClock clock = new SettableClock();
        private final StateStore state =
                Stores.memory().open(StoreContexts.inMemory(clock)).state();
        private final Log log = new Log();
        private final BudgetModel model = new BudgetModel(zone);
        private final List<Budget> holding = new ArrayList<>();
        private final List<Budget> configured;
        private final List<Under> running = new ArrayList<>();
        private final List<BudgetModel.Ran> written = new ArrayList<>(); // of each entry of the log
        private Budgets budgets;
        private int learned; // entries of the log
        private int tasks;
        private Instant latest = Instant.MIN;

        History(long seed) {
            random = new Random(seed);
            clock.set(Instant.parse(random.nextBoolean() ? "2026-03-28T20:00:00Z" : "2026-10-24T19:00:00Z"));
            configured = List.of(
                    Budget.ofHub().costPerDay(random.nextInt(60)).runsPerHour(1 + random.nextInt(20)),
                    Budget.ofType("mail").runsPerDay(random.nextInt(30)).costPerHour(random.nextInt(10)),
                    Budget.ofType("work").costPerHour(random.nextInt(15)),
                    Budget.ofSkill("a").runsPerHour(random.nextInt(10)).costPerDay(random.nextInt(40)));
            holding.addAll(configured);
            budgets = open();
        }

        private Budgets open() {
            Budgets opened = new Budgets(state, clock, zone, configured, TIMER, used -> {});
            opened.recover(log, log.entries.isEmpty() ? Position.START : Log.behind(log.entries.size() - 1));
            learned = log.entries.size();
            return opened;
        }

        void step() {
            int what = random.nextInt(100);
            if (what < 30) {
                begin();
            } else if (what < 60) {
                end();
            } else if (what < 75) {
                learn();
            } else if (what < 88) {
                clock.advance(Duration.ofMinutes(1 + random.nextInt(random.nextInt(10) == 0 ? 600 : 30)));
            } else if (what < 90) {
                setBack();
            } else if (what < 92) {
                grant();
            } else if (what < 94) {
                change();
            } else if (what < 97) {
                budgets.save();
            } else {
                die();
            }
            check();
        }

        /** By three hours at most, all in all. */
        private void setBack() {
            latest = latest.isAfter(clock.instant()) ? latest : clock.instant();
            Instant back = clock.instant().minus(Duration.ofMinutes(random.nextInt(60)));
            if (back.isAfter(latest.minus(Duration.ofHours(3)))) {
                clock.set(back);
            }
        }

        private void begin() {
            String type = any(TYPES);
            String skill = any(SKILLS);
            budgets.most(1); // what a turn does first
            boolean may = budgets.allowAny() && !budgets.usedUpTypes().contains(type);
            assertThat(may).isEqualTo(isFree(Kind.HUB, "") && isFree(Kind.TYPE, type));
            if (!may) {
                return;
            }
            Lease lease = new Lease(
                    Submission.of(Task.of(type).id("t-" + tasks++).build()),
                    new Fence(1, tasks),
                    1,
                    1,
                    clock.instant(),
                    Optional.empty());
            Pending pending = budgets.leased(lease);
            double estimate = random.nextInt(5) * .25;
            boolean called = budgets.mayCall(pending, skill, estimate);
            assertThat(called).isEqualTo(isFree(Kind.SKILL, skill));
            if (!called) {
                budgets.ended(
                        pending, Settlement.silent(lease, Disposition.released(clock.instant())), Outcome.RECORDED);
                return;
            }
            BudgetModel.Ran ran = new BudgetModel.Ran(type, skill, clock.instant());
            ran.cost = BigDecimal.valueOf(estimate);
            model.pending.add(ran);
            running.add(new Under(lease, pending, ran));
        }

        private void end() {
            if (running.isEmpty()) {
                return;
            }
            Under one = running.remove(random.nextInt(running.size()));
            double cost = random.nextInt(20) * .25;
            Execution execution = execution(one, cost);
            Settlement settlement = Settlement.of(one.lease(), Disposition.done(), execution);
            budgets.ending(one.pending(), execution);
            int how = random.nextInt(10);
            Outcome outcome = how < 8 ? Outcome.RECORDED : how == 8 ? Outcome.STALE : Outcome.UNKNOWN;
            if (outcome != Outcome.STALE) { // nobody knew, and it was
                log.entries.add(execution);
                written.add(one.ran());
            }
            if (random.nextBoolean() && outcome != Outcome.UNKNOWN) {
                learn(); // which may come before its thread hears of it
            }
            budgets.ended(one.pending(), settlement, outcome);
            one.ran().cost = BigDecimal.valueOf(cost);
            if (outcome != Outcome.RECORDED) {
                model.pending.remove(one.ran());
            }
        }

        private Execution execution(Under one, double cost) {
            return Execution.of(one.lease().taskId(), one.ran().type)
                    .skill(new SkillRef(one.ran().skill, "1"))
                    .status(Execution.Status.SUCCESS)
                    .details(Details.builder().cost(cost).build())
                    .startedAt(one.ran().began)
                    .build();
        }

        private void learn() {
            int until = learned + random.nextInt(log.entries.size() - learned + 1);
            while (learned < until) {
                budgets.learn(Log.behind(learned), log.entries.get(learned));
                see(learned++);
            }
            budgets.learnAll();
        }

        private void see(int entry) {
            BudgetModel.Ran ran = written.get(entry);
            model.pending.remove(ran);
            ran.cost = BigDecimal.valueOf(
                    ((Execution) log.entries.get(entry)).details().cost());
            model.logged.add(ran);
        }

        private void grant() {
            Budget budget = any(holding);
            if (budget.limits().isEmpty()) {
                return;
            }
            Limit limit = any(List.copyOf(budget.limits().keySet()));
            int amount = 1 + random.nextInt(5);
            budgets.grant(new Budget(budget.scope(), Map.of(limit, (double) amount)));
            model.more.add(new BudgetModel.More(budget.scope(), limit, clock.instant(), amount));
        }

        private void change() {
            int which = random.nextInt(holding.size());
            Budget other = new Budget(holding.get(which).scope(), Map.of())
                    .costPerDay(random.nextInt(100))
                    .runsPerDay(random.nextInt(50));
            budgets.change(other);
            holding.set(which, other);
        }

        /** What ran is in the log as lost, and what was not kept is read from it. */
        private void die() {
            for (Under one : running) {
                model.pending.remove(one.ran());
                log.entries.add(Execution.of(one.lease().taskId(), one.ran().type)
                        .status(Execution.Status.FAILED)
                        .trouble(Execution.Trouble.of(Reason.LOST, "the process died"))
                        .startedAt(one.ran().began)
                        .build());
                written.add(new BudgetModel.Ran(one.ran().type, "", one.ran().began));
            }
            running.clear();
            budgets = open();
            model.pending.clear();
            for (int i = model.logged.size(); i < log.entries.size(); i++) {
                see(i);
            }
        }

        private void check() {
            Instant now = clock.instant();
            List<BudgetStatus> all = budgets.all();
            for (Budget budget : holding) {
                for (Limit limit : budget.limits().keySet()) {
                    BudgetStatus status = all.stream()
                            .filter(one -> one.scope().equals(budget.scope()) && one.limit() == limit)
                            .findFirst()
                            .orElseThrow();
                    assertThat(status.spent()).isEqualTo(model.spent(budget.scope(), limit, now));
                    assertThat(status.running()).isEqualTo(model.running(budget.scope(), limit, now));
                    assertThat(status.allowed()).isEqualTo(model.allowed(budget, limit, now));
                }
            }
            assertThat(all)
                    .hasSize(holding.stream()
                            .mapToInt(budget -> budget.limits().size())
                            .sum());
        }

        private boolean isFree(Kind kind, String name) {
            return holding.stream()
                    .filter(budget -> budget.scope().equals(new Budget.Scope(kind, name)))
                    .noneMatch(budget -> model.isUsedUp(budget, clock.instant()));
        }

        private <T> T any(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }
    }

    @Property(tries = 100)
    void countsWhatAListOfAllThatRanWouldCount(@ForAll long seed) {
        History history = new History(seed);

        for (int i = 0; i < 250; i++) {
            history.step();
        }
    }
}
