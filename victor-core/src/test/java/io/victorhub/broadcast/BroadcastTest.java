package io.victorhub.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of Reactive Streams that matter here, by their numbers, and what is lost where somebody is slow. */
@Timeout(60)
class BroadcastTest {

    private final Deque<Runnable> work = new ArrayDeque<>();
    private final AtomicLong dropped = new AtomicLong();
    private final Broadcast<String> broadcast = over(work::add);

    @Test
    void tellsWhatWasAskedForAndNoMore_1_1() {
        Recorder recorder = subscribe(0);
        tell("a", "b", "c");
        work();
        assertThat(recorder.heard).isEmpty();

        recorder.request(2);
        work();
        assertThat(recorder.heard).containsExactly("a", "b");

        recorder.request(1);
        work();
        assertThat(recorder.heard).containsExactly("a", "b", "c");
    }

    @Test
    void addsUpWhatIsAskedForAndTakesTheLargestNumberForNoEnd_3_17() {
        Recorder recorder = subscribe(0);
        recorder.request(Long.MAX_VALUE);
        recorder.request(Long.MAX_VALUE);

        tell("a", "b");
        work();

        assertThat(recorder.heard).containsExactly("a", "b");
    }

    @Test
    void greetsBeforeItTellsAnything_1_9() {
        Recorder recorder = new Recorder() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                super.onSubscribe(given);
                given.request(1);
                tell("while it is greeted");
                work();
                assertThat(heard).isEmpty();
                signals.add("greeted");
            }

            @Override
            public void onNext(String news) {
                super.onNext(news);
                signals.add(news);
            }
        };

        broadcast.subscribe(recorder, 10, news -> true);
        work();

        assertThat(recorder.signals).containsExactly("greeted", "while it is greeted");
    }

    @Test
    void refusesNobody_1_9() {
        assertThatNullPointerException().isThrownBy(() -> broadcast.subscribe(nobody(), 10, news -> true));
    }

    @Test
    void tellsOneThingAtATimeWhoeverTellsAndAsks_1_3() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Broadcast<String> live = over(threads);
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            CountDownLatch all = new CountDownLatch(4_000);
            Recorder recorder = new Recorder() {
                @Override
                public void onNext(String news) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    super.onNext(news);
                    subscription.request(1);
                    inside.decrementAndGet();
                    all.countDown();
                }
            };
            live.subscribe(recorder, 10_000, news -> true);
            recorder.request(3);
            List<Thread> tellers = IntStream.range(0, 4)
                    .mapToObj(i -> new Thread(() -> IntStream.range(0, 1000).forEach(n -> live.tell(i + "-" + n))))
                    .toList();
            tellers.forEach(Thread::start);
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(most).hasValue(1);
            assertThat(recorder.heard).doesNotHaveDuplicates().hasSize(4_000);
            for (int i = 0; i < 4; i++) {
                String mine = i + "-";
                assertThat(recorder.heard.stream().filter(news -> news.startsWith(mine)))
                        .containsExactlyElementsOf(
                                IntStream.range(0, 1000).mapToObj(n -> mine + n).toList());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void tellsNothingAfterTheEnd_1_7() {
        Recorder recorder = subscribe(0);
        recorder.request(1);
        tell("a", "b");

        broadcast.close();
        work();
        broadcast.tell("c");
        recorder.request(5);
        broadcast.close();
        work();

        assertThat(recorder.heard).containsExactly("a");
        assertThat(recorder.completed).isEqualTo(1);
        assertThat(recorder.failure).isNull();
        assertThat(broadcast.isHeard()).isFalse();
    }

    @Test
    void tellsTheEndWithoutBeingAskedAndToThoseWhoComeLater_1_5() {
        Recorder before = subscribe(0);
        broadcast.close();
        Recorder after = subscribe(0);
        work();

        assertThat(before.completed).isEqualTo(1);
        assertThat(after.completed).isEqualTo(1);
        assertThat(after.subscription).isNotNull();
    }

    @Test
    void failsWhoeverAsksForNothing_3_9() {
        for (long wrong : new long[] {0, -1, Long.MIN_VALUE}) {
            Recorder recorder = subscribe(0);
            tell("a");

            recorder.request(wrong);
            recorder.request(1);
            work();
            recorder.request(1);
            work();

            assertThat(recorder.failure)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("3.9");
            assertThat(recorder.heard).isEmpty();
            assertThat(recorder.completed).isZero();
            assertThat(broadcast.isHeard()).isFalse();
        }
    }

    @Test
    void forgetsWhoeverCancels_3_5_3_6_3_7_3_12_3_13() {
        Recorder recorder = subscribe(0);
        recorder.request(10);
        tell("a");
        work();
        tell("b");

        recorder.subscription.cancel();
        recorder.subscription.cancel();
        recorder.request(5);
        recorder.request(-1);
        tell("c");
        broadcast.close();
        work();

        assertThat(recorder.heard).containsExactly("a");
        assertThat(recorder.completed).isZero();
        assertThat(recorder.failure).isNull();
    }

    @Test
    void doesNotCallItselfWhereASubscriberAsksWhileItIsTold_3_3() {
        List<Integer> depths = new ArrayList<>();
        Recorder recorder = new Recorder() {
            private int depth;

            @Override
            public void onNext(String news) {
                depths.add(++depth);
                subscription.request(1);
                depth--;
            }
        };
        Broadcast<String> direct = over(Runnable::run);
        direct.subscribe(recorder, 1000, news -> true);
        IntStream.range(0, 500).forEach(n -> direct.tell("n"));

        recorder.request(1);

        assertThat(depths).hasSize(500).containsOnly(1);
    }

    @Test
    void harmsNobodyWhereSomebodyThrows_2_13() {
        Recorder bad = new Recorder() {
            @Override
            public void onNext(String news) {
                super.onNext(news);
                throw new IllegalStateException("thrown on purpose");
            }
        };
        Recorder worse = new Recorder() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                throw new AssertionError("thrown on purpose");
            }
        };
        broadcast.subscribe(bad, 10, news -> true);
        broadcast.subscribe(worse, 10, news -> true);
        Recorder good = subscribe(10);
        bad.request(10);

        tell("a", "b");
        work();

        assertThat(bad.heard).containsExactly("a");
        assertThat(good.heard).containsExactly("a", "b");
        assertThat(broadcast.subscribers()).isEqualTo(1);
    }

    @Test
    void losesTheOldestOfWhatNobodyAsksForAndSaysHowMuch() {
        Recorder slow = subscribe(0, 3);
        Recorder quick = subscribe(100, 100);
        tell("a", "b", "c", "d", "e");
        work();
        assertThat(dropped).hasValue(2);

        slow.request(2);
        work();
        assertThat(slow.heard).containsExactly("2 lost", "c");
        tell("f", "g");
        slow.request(10);
        work();

        assertThat(slow.heard).containsExactly("2 lost", "c", "1 lost", "e", "f", "g");
        assertThat(quick.heard).containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(dropped).hasValue(3);
    }

    @Test
    void keepsOnlyWhatIsWanted() {
        Recorder some = new Recorder();
        broadcast.subscribe(some, 1, news -> news.startsWith("b"));
        some.request(5);

        tell("a", "b", "c");
        work();

        assertThat(some.heard).containsExactly("b");
        assertThat(dropped).hasValue(0);
    }

    @Test
    void takesNoThreadWhileThereIsNothingToTell() {
        subscribe(10);
        assertThat(work).isEmpty();

        tell("a", "b");

        assertThat(work).as("one for both").hasSize(1);
        work();
        assertThat(work).isEmpty();
    }

    @Test
    void leavesASubscriberThatTakesItsTimeAlone() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(100);
        try {
            Broadcast<String> live = over(threads);
            live.subscribe(
                    new Recorder() {
                        @Override
                        public void onNext(String news) {
                            await(held);
                        }
                    }.asking(1),
                    10,
                    news -> true);
            live.subscribe(
                    new Recorder() {
                        @Override
                        public void onNext(String news) {
                            told.countDown();
                        }
                    }.asking(1_000),
                    1_000,
                    news -> true);

            IntStream.range(0, 100).forEach(n -> live.tell("n"));

            assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            held.countDown();
            threads.shutdown();
        }
    }

    @Test
    void triesAgainWhereThereWasNoThread() {
        AtomicInteger failures = new AtomicInteger(1);
        Broadcast<String> poor = over(task -> {
            if (failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            work.add(task);
        });
        Recorder recorder = new Recorder().asking(10);
        poor.subscribe(recorder, 10, news -> true);

        poor.tell("a");
        poor.tell("b");
        work();

        assertThat(recorder.heard).containsExactly("a", "b");
    }

    @Test
    void tellsTheEndInTheCallersThreadOnceTheThreadsAreGone() {
        Broadcast<String> closed = over(task -> {
            throw new RejectedExecutionException("closed");
        });
        closed.close();
        Recorder recorder = new Recorder();

        closed.subscribe(recorder, 10, news -> true);

        assertThat(recorder.completed).isEqualTo(1);
    }

    private Broadcast<String> over(Executor threads) {
        return new Broadcast<>(threads, lost -> lost + " lost", dropped::addAndGet);
    }

    private Recorder subscribe(long asking) {
        return subscribe(asking, 100);
    }

    private Recorder subscribe(long asking, int buffer) {
        Recorder recorder = new Recorder().asking(asking);
        broadcast.subscribe(recorder, buffer, news -> true);
        return recorder;
    }

    private void tell(String... news) {
        Stream.of(news).forEach(broadcast::tell);
    }

    private void work() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    private static Flow.Subscriber<String> nobody() {
        return null;
    }

    /** Remembers what it was told. */
    private static class Recorder implements Flow.Subscriber<String> {
        final List<String> heard = new ArrayList<>();
        final List<String> signals = new ArrayList<>();
        Flow.Subscription subscription = new Flow.Subscription() {
            @Override
            public void request(long n) {
                throw new IllegalStateException("it was not greeted");
            }

            @Override
            public void cancel() {
                throw new IllegalStateException("it was not greeted");
            }
        };
        int completed;

        @Nullable Throwable failure;

        private long asking;

        Recorder asking(long number) {
            asking = number;
            return this;
        }

        void request(long number) {
            subscription.request(number);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (asking > 0) {
                given.request(asking);
            }
        }

        @Override
        public void onNext(String news) {
            heard.add(news);
        }

        @Override
        public void onError(Throwable thrown) {
            failure = thrown;
        }

        @Override
        public void onComplete() {
            completed++;
        }
    }
}
