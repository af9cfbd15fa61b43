package io.victorhub.review;

import static io.victorhub.review.Entries.NOON;
import static io.victorhub.review.Entries.failure;
import static io.victorhub.review.Entries.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.history.History;
import io.victorhub.history.ListLog;
import io.victorhub.spi.store.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReviewerConcurrencyTest {

    private static final int ENTRIES = 100_000;

    private final Reviewer reviewer = Reviewer.of(ReviewSettings.DEFAULT);
    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @AfterEach
    void end() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void showsEachEntryAsAWholeOrNotAtAll() throws Exception {
        CountDownLatch began = new CountDownLatch(2);
        List<Future<Long>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(threads.submit(reader(began)));
        }

        Future<?> learner = threads.submit(() -> {
            began.await();
            for (int i = 1; i <= ENTRIES; i++) {
                String skill = "s-" + i % 50;
                reviewer.learn(new Position(Integer.toString(i)), i % 4 == 0 ? failure(skill) : success(skill));
            }
            return null;
        });

        learner.get();
        for (Future<Long> reader : readers) {
            assertThat(reader.get()).isPositive();
        }
        assertThat(reviewer.statistics().totals().settled()).isEqualTo(ENTRIES);
    }

    @Test
    void learnsEachEntryOnceThoughTwoCatchUpAtATime() throws Exception {
        History history = History.of(ListLog.of(Collections.nCopies(20_000, success("s"))));

        Callable<Long> catchUp = () -> reviewer.catchUp(history);
        List<Future<Long>> both = threads.invokeAll(List.of(catchUp, catchUp));

        assertThat(both.get(0).get() + both.get(1).get()).isEqualTo(20_000);
        assertThat(reviewer.statistics().totals().settled()).isEqualTo(20_000);
    }

    /** Looks until everything is learned; gives the number of looks. */
    private Callable<Long> reader(CountDownLatch began) {
        return () -> {
            long looks = 0;
            long last = 0;
            while (last < ENTRIES) {
                Totals totals = checked(reviewer.statistics());
                assertThat(totals.settled()).isGreaterThanOrEqualTo(last);
                last = totals.settled();
                looks++;
                began.countDown();
                assertThat(reviewer.insights()).isNotNull();
                assertThat(reviewer.completedToday(NOON)).isLessThanOrEqualTo(ENTRIES);
                assertThat(reviewer.trends(NOON)).isNotNull();
            }
            return looks;
        };
    }

    private static Totals checked(Statistics statistics) {
        Totals totals = statistics.totals();
        assertThat(totals.succeeded() + totals.failed()).isEqualTo(totals.settled());
        assertThat(statistics.skills().values().stream()
                        .mapToLong(Performance::attempts)
                        .sum())
                .isEqualTo(totals.attempts())
                .isEqualTo(totals.settled());
        assertThat(statistics.skills().values().stream()
                        .mapToLong(Performance::successes)
                        .sum())
                .isEqualTo(totals.succeeded());
        return totals;
    }
}
