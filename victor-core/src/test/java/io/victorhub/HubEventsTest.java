package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.victorhub.metrics.MemoryMeters;
import io.victorhub.scheduling.RetryPolicy;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Result;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.meter.VictorMeters;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HubEventsTest {

    private static final LambdaSkill WORK = LambdaSkill.of("work", (task, context) -> {
        if (task.id().equals("fails")) {
            return Result.failure(Reason.UNAVAILABLE, "not now");
        }
        if (task.id().equals("follows")) {
            context.submit(Task.of("work").id("followed").build());
        }
        return Result.success(1);
    });

    @Test
    void tellsTheLifeOfATask() {
        Listener all = new Listener(Long.MAX_VALUE);
        try (Hub hub = hub().build()) {
            hub.events().subscribe(all);
            hub.submitAll(List.of(submission("good"), submission("fails"), submission("follows")));
            hub.enableAutonomousMode();
            await().until(() -> all.of(HubEvent.TaskDied.class).size() == 1
                    && all.of(HubEvent.TaskSettled.class).size() == 3);

            assertThat(all.of(HubEvent.TaskSubmitted.class))
                    .extracting(HubEvent.TaskSubmitted::taskId)
                    .containsExactly("good", "fails", "follows", "followed");
            assertThat(all.of(HubEvent.AttemptStarted.class)).hasSize(5);
            List<HubEvent.AttemptEnded> failed = all.of(HubEvent.AttemptEnded.class).stream()
                    .filter(event -> event.status() == Execution.Status.FAILED)
                    .toList();
            assertThat(failed).extracting(HubEvent.AttemptEnded::attempt).containsExactly(1, 2);
            assertThat(failed.get(0).retryAt()).isPresent();
            assertThat(failed.get(1).retryAt()).isEmpty();
            assertThat(all.of(HubEvent.TaskDied.class).get(0).why()).isEqualTo("not now");
            assertThat(all.of(HubEvent.TaskSettled.class))
                    .extracting(HubEvent.TaskSettled::status)
                    .containsOnly(TaskStatus.DONE);
        }
        await().until(() -> all.completed);
        assertThat(all.of(HubEvent.StatusChanged.class))
                .extracting(HubEvent.StatusChanged::now)
                .containsExactly(HubStatus.ACTIVE, HubStatus.STOPPING);
    }

    @Test
    void tellsOfPausesSkillsAndStorage() {
        Listener all = new Listener(Long.MAX_VALUE);
        UnreliableStore store = new UnreliableStore();
        try (Hub hub = hub().store(store).build()) {
            hub.events().subscribe(all);
            hub.scheduler().pause("mail");
            hub.scheduler().resume("mail");
            hub.skills().disable("work");
            store.fail("submit", () -> new StorageException("the disk is full"));
            try {
                hub.submit(submission("a"));
            } catch (StorageException e) {
                store.mend();
            }
            await().until(() -> !all.of(HubEvent.StorageRecovered.class).isEmpty());

            assertThat(all.of(HubEvent.PausesChanged.class))
                    .extracting(event -> event.now().size())
                    .containsExactly(1, 0);
            assertThat(all.of(HubEvent.SkillsChanged.class)).hasSize(1);
            assertThat(all.of(HubEvent.StorageTrouble.class))
                    .extracting(HubEvent.StorageTrouble::message)
                    .containsExactly("the disk is full");
        }
    }

    @Test
    void tellsOnlyWhatIsAskedFor() {
        Listener some = new Listener(Long.MAX_VALUE);
        try (Hub hub = hub().build()) {
            hub.events()
                    .only(Set.of(HubEvent.PausesChanged.class, HubEvent.TaskDied.class))
                    .subscribe(some);
            hub.submit(submission("a"));
            hub.scheduler().pause();

            await().until(() -> !some.heard.isEmpty());
            assertThat(some.heard).hasOnlyElementsOfType(HubEvent.PausesChanged.class);
        }
    }

    @Test
    void saysHowMuchASlowSubscriberHasLost() {
        MemoryMeters meters = new MemoryMeters();
        Listener slow = new Listener(0);
        try (Hub hub = hub().meters(meters).build()) {
            hub.events().buffer(10).subscribe(slow);
            hub.submitAll(
                    IntStream.range(0, 30).mapToObj(i -> submission("t-" + i)).toList());

            slow.subscription().request(2);

            await().until(() -> slow.heard.size() == 2);
            assertThat(((HubEvent.EventsLost) slow.heard.get(0)).number()).isEqualTo(20);
            assertThat(((HubEvent.TaskSubmitted) slow.heard.get(1)).taskId()).isEqualTo("t-20");
            assertThat(meters.snapshot().count(VictorMeters.EVENTS_DROPPED)).isEqualTo(20);
        }
    }

    @Test
    void goesOnWhereASubscriberThrowsOrHoldsItsThread() {
        CountDownLatch held = new CountDownLatch(1);
        Listener good = new Listener(Long.MAX_VALUE);
        try (Hub hub = hub().build()) {
            hub.events().subscribe(new Listener(Long.MAX_VALUE) {
                @Override
                public void onNext(HubEvent event) {
                    throw new IllegalStateException("thrown on purpose");
                }
            });
            hub.events().subscribe(new Listener(Long.MAX_VALUE) {
                @Override
                public void onNext(HubEvent event) {
                    try {
                        held.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            });
            hub.events().subscribe(good);
            hub.enableAutonomousMode();
            hub.submitAll(
                    IntStream.range(0, 50).mapToObj(i -> submission("t-" + i)).toList());

            await().until(() -> good.of(HubEvent.TaskSettled.class).size() == 50);
        } finally {
            held.countDown();
        }
    }

    @Test
    void letsASubscriberCloseTheHub() {
        Hub hub = hub().build();
        Listener closer = new Listener(Long.MAX_VALUE) {
            @Override
            public void onNext(HubEvent event) {
                super.onNext(event);
                hub.close();
            }
        };
        hub.events().only(Set.of(HubEvent.TaskSubmitted.class)).subscribe(closer);

        hub.submit(submission("a"));

        await().until(() -> closer.completed);
        hub.close();
        assertThat(hub.health().state()).isEqualTo(Health.State.DOWN);
    }

    @Test
    void tellsTheEndToWhoeverSubscribesToAClosedHub() {
        Hub hub = hub().build();
        hub.close();
        Listener late = new Listener(1);

        hub.events().subscribe(late);

        await().until(() -> late.completed);
    }

    @Test
    void makesNothingWhereNobodyHasSubscribed() {
        try (Hub hub = hub().build()) {
            Listener gone = new Listener(Long.MAX_VALUE);
            hub.events().subscribe(gone);
            gone.subscription().cancel();

            hub.submit(submission("a"));

            assertThat(gone.heard).isEmpty();
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("victor-events")))
                    .isEmpty();
        }
    }

    @Test
    void refusesABufferOfNothing() {
        try (Hub hub = hub().build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> hub.events().buffer(0))
                    .withMessage("a buffer of 0 events; it must be 1..1000000");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> hub.events().only(Set.of()))
                    .withMessage("no kind of event is wanted; name one or more");
        }
    }

    private static HubBuilder hub() {
        return Hub.inMemory().discoverSkills(false).skill(WORK).retry(RetryPolicy.immediate(2));
    }

    private static Submission submission(String id) {
        return Submission.of(Task.of("work").id(id).build());
    }

    /** Remembers what it hears. */
    private static class Listener implements Flow.Subscriber<HubEvent> {
        final List<HubEvent> heard = new CopyOnWriteArrayList<>();
        volatile boolean completed;
        private final long asks;
        private volatile Flow.@Nullable Subscription subscription;

        Listener(long asks) {
            this.asks = asks;
        }

        <T extends HubEvent> List<T> of(Class<T> kind) {
            List<T> some = new ArrayList<>();
            heard.stream().filter(kind::isInstance).map(kind::cast).forEach(some::add);
            return some;
        }

        Flow.Subscription subscription() {
            Flow.Subscription given = subscription;
            if (given == null) {
                throw new IllegalStateException("it was not greeted");
            }
            return given;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (asks > 0) {
                given.request(asks);
            }
        }

        @Override
        public void onNext(HubEvent event) {
            heard.add(event);
        }

        @Override
        public void onError(Throwable thrown) {
            throw new AssertionError("it has not broken a rule", thrown);
        }

        @Override
        public void onComplete() {
            completed = true;
        }
    }
}
