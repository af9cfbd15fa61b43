package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.spi.Closed;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everybody learns every entry once and in order, however slow those are who are told of it. */
class LogFollowerTest {

    private final FakeLog entries = new FakeLog();
    private final List<String> learned = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private volatile Predicate<LogEntry> awaited = entry -> true;
    private volatile CountDownLatch slow = new CountDownLatch(0);
    private final LogFollower follower = new LogFollower(entries, new Recording());

    @AfterEach
    void close() {
        slow.countDown();
        follower.close();
    }

    @Test
    void learnsAndTellsEachEntryOnceInOrder() {
        entries.add(1_234);

        follower.catchUp();
        follower.catchUp();

        assertThat(learned).isEqualTo(ids(1_234));
        assertThat(told).isEqualTo(ids(1_234));
    }

    @Test
    void tellsNobodyOfWhatWasThereBefore() {
        entries.add(700);
        assertThat(follower.replay()).isEqualTo(700);
        entries.add(1);

        follower.catchUp();

        assertThat(learned).hasSize(701);
        assertThat(told).containsExactly("task-700");
    }

    @Test
    void tellsOnlyOfWhatSomebodyWaitsFor() {
        awaited = entry -> entry.taskId().endsWith("5");
        entries.add(100);

        follower.catchUp();

        assertThat(told).hasSize(10).allMatch(id -> id.endsWith("5"));
        assertThat(learned).hasSize(100);
    }

    @Test
    void goesOnBehindAnEntryThatALearnerChokesOn() {
        entries.add(3);
        awaited = entry -> {
            if (entry.taskId().equals("task-1") && told.isEmpty()) {
                throw new IllegalStateException("for a test");
            }
            return true;
        };

        try {
            follower.catchUp();
        } catch (IllegalStateException e) {
            // whoever caught up hears of it
        }
        follower.catchUp();

        assertThat(learned).isEqualTo(ids(3));
    }

    /** Of what a slow listener leaves, the log itself is the memory. */
    @Test
    void keepsNoMoreThanAFewEntriesForASlowListener() throws Exception {
        slow = new CountDownLatch(1);
        entries.add(1);
        Thread teller = new Thread(follower::catchUp);
        teller.start();
        await().until(() -> teller.getState() == Thread.State.WAITING);
        for (int i = 0; i < 20; i++) {
            entries.add(1_000);
            follower.catchUp();
        }
        assertThat(learned).hasSize(20_001);
        assertThat(told).isEmpty();
        int readBefore = entries.read.get();

        slow.countDown();
        teller.join();

        assertThat(told).isEqualTo(ids(20_001));
        assertThat(entries.read.get() - readBefore).isBetween(19_000, 21_000);
    }

    @Test
    void tellsOfWhatCameWhileItReadAgain() throws Exception {
        slow = new CountDownLatch(1);
        entries.add(1);
        Thread teller = new Thread(follower::catchUp);
        teller.start();
        await().until(() -> teller.getState() == Thread.State.WAITING);
        entries.add(2_000);
        follower.catchUp();
        entries.onRead = () -> { // while the teller reads again, more is learned
            entries.onRead = () -> {};
            entries.add(700);
            follower.catchUp();
        };

        slow.countDown();
        teller.join();
        follower.catchUp();

        assertThat(told).isEqualTo(ids(2_701));
    }

    @Test
    void followsWhoeverPokesIt() throws Exception {
        Thread following = new Thread(follower::run);
        following.start();
        for (int i = 1; i <= 50; i++) {
            int expected = i * 7;
            entries.add(7);
            follower.poke();
            await().until(() -> told.size() == expected);
        }
        entries.add(40_000); // so many that it rests in between
        follower.poke();
        await().until(() -> told.size() == 40_350);

        follower.close();
        following.join();
        assertThat(told).isEqualTo(ids(40_350));
    }

    private static List<String> ids(int number) {
        return IntStream.range(0, number).mapToObj(i -> "task-" + i).toList();
    }

    private final class Recording implements LogFollower.Learner {
        @Override
        public void learn(Position behind, LogEntry entry) {
            learned.add(entry.taskId());
        }

        @Override
        public boolean isAwaited(LogEntry entry) {
            return awaited.test(entry);
        }

        @Override
        public void learned(LogEntry entry) {
            try {
                slow.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            told.add(entry.taskId());
        }
    }

    private static final class FakeLog implements ExecutionLog {
        private final List<LogEntry> all = new CopyOnWriteArrayList<>();
        private final AtomicInteger read = new AtomicInteger();
        private volatile Runnable onRead = () -> {};

        void add(int number) {
            int first = all.size();
            List<LogEntry> more = new ArrayList<>();
            for (int i = first; i < first + number; i++) {
                more.add(new Closed("task-" + i, "t", Reason.EXPIRED, "", 0, 1, Instant.EPOCH));
            }
            all.addAll(more);
        }

        @Override
        public void append(Collection<LogEntry> entries) {
            all.addAll(entries);
        }

        @Override
        public LogPage read(Position after, int max) {
            onRead.run();
            int from = after.equals(Position.START) ? 0 : Integer.parseInt(after.text());
            List<LogPage.Logged> page = new ArrayList<>();
            for (int i = from; i < Math.min(all.size(), from + max); i++) {
                page.add(new LogPage.Logged(new Position(Integer.toString(i + 1)), all.get(i)));
            }
            read.addAndGet(page.size());
            return new LogPage(
                    page, page.isEmpty() ? after : page.get(page.size() - 1).position());
        }

        @Override
        public void forget(Position before) {}
    }
}
