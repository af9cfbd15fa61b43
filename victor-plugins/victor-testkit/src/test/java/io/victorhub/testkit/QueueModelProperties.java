package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Closed;
import io.victorhub.spi.Execution;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.UniquePolicy;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.LeaseRequest;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.Store;
import io.victorhub.spi.store.StoreFactory;
import io.victorhub.spi.store.Submitted;
import io.victorhub.spi.store.TaskQuery;
import io.victorhub.spi.store.TaskState;
import io.victorhub.store.EmbeddedSettings;
import io.victorhub.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is done to a store, in whatever order, it agrees with the simplest queue that one can think of. */
class QueueModelProperties {

    /** Something to do; a, b and c say with what. */
    record Step(String what, int a, int b, int c) {}

    @Property(tries = 300)
    void theMemoryStoreAgreesWithTheModel(@ForAll("steps") List<Step> steps) throws IOException {
        run(steps, Stores.memory(), false);
    }

    @Property(tries = 60)
    void theEmbeddedStoreAgreesWithTheModelOverReopens(@ForAll("steps") List<Step> steps) throws IOException {
        run(steps, Stores.embedded(EmbeddedSettings.DEFAULT.checkpointBytes(1)), true);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> what = Arbitraries.of(
                "submit", "submit", "submit", "submit", "lease", "lease", "lease", "settle", "settle", "settle",
                "cancel", "release", "requeue", "expire", "advance", "advance", "reopen");
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 999);
        return Combinators.combine(what, number, number, number)
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(60);
    }

    private static void run(List<Step> steps, StoreFactory factory, boolean reopens) throws IOException {
        Path folder = Files.createTempDirectory("victor-model");
        try {
            Run run = new Run(folder, factory, reopens);
            try {
                steps.forEach(run::doAndCompare);
            } finally {
                run.store.close();
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** A store and the model of it, on one clock. */
    private static final class Run {
        private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
        private final QueueModel model = new QueueModel();
        private final List<Lease> leases = new ArrayList<>();
        private final Path folder;
        private final StoreFactory factory;
        private final boolean reopens;
        private Store store;

        Run(Path folder, StoreFactory factory, boolean reopens) {
            this.folder = folder;
            this.factory = factory;
            this.reopens = reopens;
            this.store = open();
        }

        void doAndCompare(Step step) {
            switch (step.what()) {
                case "submit" -> submit(submission(step));
                case "lease" -> lease(1 + step.a() % 3, step.b() % 4 == 0 ? "x" : "none");
                case "settle" -> settle(step);
                case "cancel" ->
                    assertThat(store.tasks().cancel(List.of(id(step.a())))).containsExactly(model.cancel(id(step.a())));
                case "release" ->
                    assertThat(store.tasks().release(List.of(id(step.a()))))
                            .containsExactly(model.release(id(step.a()), clock.instant()));
                case "requeue" ->
                    assertThat(store.tasks().requeue(List.of(id(step.a()))))
                            .containsExactly(model.requeue(id(step.a()), clock.instant()));
                case "expire" ->
                    assertThat(store.tasks().expire(1 + step.a() % 2))
                            .isEqualTo(model.expire(1 + step.a() % 2, clock.instant()));
                case "advance" -> clock.advance(Duration.ofSeconds(1 + step.a() % 90));
                default -> reopen();
            }
            compare();
        }

        private void submit(Submission submission) {
            Submitted answer = store.tasks().submit(List.of(submission)).get(0);
            assertThat(answer.getClass().getSimpleName()).isEqualTo(model.submit(submission, clock.instant()));
        }

        private void lease(int max, String excluded) {
            List<QueueModel.Entry> expected = model.next(max, excluded, clock.instant());

            List<Lease> given = store.tasks()
                    .lease(LeaseRequest.of(max, Duration.ofMinutes(1)).excludedTypes(Set.of(excluded)));

            assertThat(given)
                    .extracting(Lease::taskId)
                    .containsExactlyElementsOf(
                            expected.stream().map(QueueModel.Entry::id).toList());
            for (int i = 0; i < given.size(); i++) {
                model.leased(expected.get(i), given.get(i));
                assertThat(given.get(i).attempt()).isEqualTo(expected.get(i).attempts);
                assertThat(given.get(i).round()).isEqualTo(expected.get(i).round);
                assertThat(given.get(i).submission()).isEqualTo(expected.get(i).submission);
                assertThat(leases)
                        .allMatch(earlier ->
                                earlier.fence().number() < given.get(0).fence().number());
            }
            leases.addAll(given);
        }

        private void settle(Step step) {
            if (leases.isEmpty()) {
                return;
            }
            int recent = Math.min(4, leases.size());
            Lease lease = leases.get(leases.size() - 1 - step.a() % recent);
            Instant now = clock.instant();
            boolean silent = step.b() % 5 == 0;
            Disposition disposition = List.of(
                            Disposition.done(),
                            Disposition.dead(),
                            Disposition.dead(),
                            Disposition.retry(now),
                            Disposition.retry(now.plusSeconds(30)),
                            Disposition.released(now),
                            Disposition.released(now.plusSeconds(30)))
                    .get(step.c() % 7);
            List<Submission> followUps = step.b() % 3 == 0 ? List.of(submission(step)) : List.of();
            Settlement settlement = new Settlement(
                    lease,
                    disposition,
                    silent ? Optional.empty() : Optional.of(Samples.success(lease, now)),
                    followUps);

            assertThat(store.tasks().settle(List.of(settlement)))
                    .containsExactly(model.settle(lease, disposition, silent, followUps, now));
        }

        private void reopen() {
            if (reopens) {
                store.close();
                store = open();
                model.reopen(clock.instant());
            }
        }

        private Store open() {
            return factory.open(StoreContexts.of(folder, clock));
        }

        private void compare() {
            List<TaskState> states = store.tasks().tasks(TaskQuery.all()).tasks();
            assertThat(states).extracting(TaskState::id).containsExactlyElementsOf(model.tasks.keySet());
            for (TaskState state : states) {
                QueueModel.Entry entry = model.tasks.get(state.id());
                assertThat(state.status()).as(state.id()).isEqualTo(entry.status(clock.instant()));
                assertThat(state.attempts()).as(state.id()).isEqualTo(entry.attempts);
                assertThat(state.round()).as(state.id()).isEqualTo(entry.round);
                assertThat(state.readyAt()).as(state.id()).isEqualTo(entry.readyAt);
                assertThat(state.cancelRequested()).as(state.id()).isEqualTo(entry.cancelRequested);
                assertThat(state.settledAt().isPresent()).as(state.id()).isEqualTo(entry.base.settled());
            }
            Map<String, Long> counts = new TreeMap<>();
            store.tasks()
                    .stats()
                    .counts()
                    .forEach(count -> counts.put(count.type() + " " + count.status(), count.number()));
            assertThat(counts).isEqualTo(model.counts(clock.instant()));
            for (String batch : List.of("b-0", "b-1")) {
                assertThat(store.tasks().unsettled(batch)).isEqualTo(model.unsettled(batch));
            }
            assertThat(log()).isEqualTo(model.log);
        }

        private List<String> log() {
            List<String> all = new ArrayList<>();
            Position at = Position.START;
            for (LogPage page = store.log().read(at, 7);
                    !page.entries().isEmpty();
                    page = store.log().read(at, 7)) {
                page.entries().forEach(logged -> all.add(line(logged.entry())));
                at = page.end();
            }
            return all;
        }

        private static String line(LogEntry entry) {
            if (entry instanceof Execution execution) {
                boolean lost = execution
                        .trouble()
                        .filter(trouble -> trouble.reason() == Reason.LOST)
                        .isPresent();
                return (lost ? "lost " : "attempt ") + execution.taskId() + " " + execution.attempt() + " "
                        + execution.round();
            }
            Closed closed = (Closed) entry;
            return "closed " + closed.taskId() + " " + closed.reason() + " " + closed.attempts() + " " + closed.round();
        }

        private static String id(int number) {
            return "t-" + number % 12;
        }

        private Submission submission(Step step) {
            Instant now = clock.instant();
            Task.Builder task =
                    Task.of(step.b() % 2 == 0 ? "x" : "y").id(id(step.a())).priority(step.c() % 3 * 5);
            if (step.b() % 7 == 0) {
                task.deadline(now.plusSeconds(step.c() % 120));
            }
            Submission.Builder submission = Submission.builder(task.build()).held(step.c() % 6 == 0);
            if (step.b() % 5 == 0) {
                submission.notBefore(now.plusSeconds(step.a() % 100));
            }
            if (step.c() % 4 == 0) {
                submission.uniqueKey("k-" + step.b() % 2, step.a() % 5 == 0 ? UniquePolicy.REFUSE : UniquePolicy.JOIN);
            }
            if (step.a() % 3 > 0) {
                submission.batch("b-" + step.a() % 2);
            }
            return submission.build();
        }
    }
}
