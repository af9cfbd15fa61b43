package io.victorhub.registry.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.victorhub.registry.Origin;
import io.victorhub.registry.RegisteredSkill;
import io.victorhub.registry.SkillLoadException;
import io.victorhub.spi.Secret;
import io.victorhub.spi.SkillEnvironment;
import io.victorhub.testing.RecordingSkill;
import io.victorhub.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SkillRegistryTest {

    private final AtomicInteger changes = new AtomicInteger();
    private final SkillRegistry registry = builder().build();

    @Test
    void registersASkillOfTheHost() {
        registry.register(RecordingSkill.named("mailer", "mail", "letter"));

        assertThat(registry.types()).containsExactly("letter", "mail");
        assertThat(names("mail")).containsExactly("mailer");
        RegisteredSkill listed = registry.skills().get(0);
        assertThat(listed.origin()).isEqualTo(new Origin.InCode());
        assertThat(listed.since()).isEqualTo(SettableClock.START);
        assertThat(listed.running()).isZero();
        assertThat(changes).hasValue(1);
    }

    @Test
    void listsSkillsByName() {
        registry.register(RecordingSkill.named("b", "t"));
        registry.register(RecordingSkill.named("a", "t"));

        assertThat(names("t")).containsExactly("a", "b");
        assertThat(registry.skills())
                .extracting(skill -> skill.descriptor().name())
                .containsExactly("a", "b");
    }

    @Test
    void keepsASecondSkillOfTheSameNameOut() {
        RecordingSkill second = RecordingSkill.named("mailer", "mail");
        registry.register(RecordingSkill.named("mailer", "mail"));

        assertThatThrownBy(() -> registry.register(second))
                .isInstanceOf(SkillLoadException.class)
                .hasMessage(
                        "two skills claim the name 'mailer': io.victorhub.testing.RecordingSkill of code of the host"
                                + " has it, io.victorhub.testing.RecordingSkill of code of the host is kept out; remove one of"
                                + " them");
        assertThat(second.opened()).isZero();
    }

    @Test
    void keepsASkillOutThatCannotBeOpened() {
        RecordingSkill skill = RecordingSkill.named("mailer", "mail").opening(environment -> {
            throw new IllegalStateException("no server");
        });

        assertThatThrownBy(() -> registry.register(skill))
                .isInstanceOf(SkillLoadException.class)
                .hasMessage("skill mailer (code of the host) is kept out: it cannot be opened:"
                        + " java.lang.IllegalStateException: no server");
        assertThat(registry.skills()).isEmpty();
    }

    @Test
    void givesADisabledSkillNoTasks() {
        registry.register(RecordingSkill.named("mailer", "mail"));
        SkillHandle handle = registry.serving("mail").get(0);

        registry.disable("mailer");

        assertThat(registry.serving("mail")).isEmpty();
        assertThat(registry.types()).isEmpty();
        assertThat(handle.begin()).isEmpty();
        assertThat(registry.skills()).singleElement().matches(skill -> !skill.enabled());
        registry.enable("mailer");
        assertThat(registry.serving("mail")).containsExactly(handle);
        assertThat(handle.begin()).isPresent();
        assertThat(changes).hasValue(3);
    }

    @Test
    void namesTheSkillsThereAreWhenAskedForAnother() {
        registry.register(RecordingSkill.named("mailer", "mail"));

        assertThatThrownBy(() -> registry.disable("mailor"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no skill 'mailor'; there are [mailer]");
    }

    @Test
    void countsTheCallsUnderWay() {
        registry.register(RecordingSkill.named("mailer", "mail"));
        SkillCall call = registry.serving("mail").get(0).begin().orElseThrow();
        assertThat(registry.skills().get(0).running()).isOne();

        call.close();
        call.close();

        assertThat(registry.skills().get(0).running()).isZero();
    }

    @Test
    void closesEachSkillOnceAfterItsLastCall() {
        RecordingSkill busy = RecordingSkill.named("busy", "t");
        RecordingSkill idle = RecordingSkill.named("idle", "t");
        registry.register(busy);
        registry.register(idle);
        SkillCall call = registry.serving("t").get(0).begin().orElseThrow();

        registry.close(Duration.ofMillis(1));
        registry.close(Duration.ofMillis(1));

        assertThat(idle.closed()).isOne();
        assertThat(busy.closed()).isZero();
        call.close();
        assertThat(busy.closed()).isOne();
        assertThat(registry.skills()).isEmpty();
    }

    @Test
    void waitsForRunningCallsWhenItCloses() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        RecordingSkill skill = RecordingSkill.named("busy", "t");
        registry.register(skill);
        SkillCall call = registry.serving("t").get(0).begin().orElseThrow();
        Thread closer = new Thread(() -> {
            begun.countDown();
            registry.close(Duration.ofMinutes(1));
        });
        closer.start();
        begun.await();

        call.close();
        closer.join();

        assertThat(skill.closed()).isOne();
    }

    @Test
    void closesASkillAgainThatWasOpenedWhileItClosed() {
        RecordingSkill late = RecordingSkill.named("late", "t").opening(env -> registry.close(Duration.ZERO));

        assertThatThrownBy(() -> registry.register(late))
                .isInstanceOf(SkillLoadException.class)
                .hasMessage("skill late (code of the host) is kept out: the hub is closed");

        assertThat(late.closed()).isOne();
        assertThat(registry.skills()).isEmpty();
    }

    /** Many begin calls while the skill is retired: it is closed once, and never while a call runs. */
    @Test
    void neverClosesASkillThatIsBeingCalled() throws Exception {
        for (int round = 0; round < 200; round++) {
            AtomicInteger running = new AtomicInteger();
            AtomicInteger closedWhileRunning = new AtomicInteger();
            RecordingSkill skill =
                    RecordingSkill.named("s", "t").closing(() -> closedWhileRunning.addAndGet(running.get()));
            SkillRegistry own = builder().build();
            own.register(skill);
            SkillHandle handle = own.serving("t").get(0);
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> callers = IntStream.range(0, 3)
                    .mapToObj(i -> new Thread(() -> {
                        awaitQuietly(go);
                        for (var call = handle.begin(); call.isPresent(); call = handle.begin()) {
                            running.incrementAndGet();
                            running.decrementAndGet();
                            call.get().close();
                        }
                    }))
                    .toList();
            callers.forEach(Thread::start);

            go.countDown();
            own.close(Duration.ofMinutes(1));
            for (Thread caller : callers) {
                caller.join();
            }

            assertThat(skill.closed()).isOne();
            assertThat(closedWhileRunning).hasValue(0);
        }
    }

    @Test
    void givesSettingsAndServicesAsTheHostSetThem() {
        AtomicReference<SkillEnvironment> seen = new AtomicReference<>();
        Properties file = new Properties();
        file.setProperty("mailer.host", "file");
        file.setProperty("mailer.port", "25");
        file.setProperty("other.port", "80");
        SkillSettings settings = SkillSettings.none()
                .withEnvironment(Map.of(
                        "VICTOR_MAILER_HOST", "env",
                        "VICTOR_MAILER_PORT", "1",
                        "VICTOR_MAILER_API_KEY", "hush")::get)
                .with(file)
                .with("mailer", "host", "code");
        SkillRegistry own = builder()
                .settings(settings)
                .services(Map.of(CharSequence.class, "service"))
                .build();

        own.register(RecordingSkill.named("mailer", "mail").opening(seen::set));

        SkillEnvironment environment = seen.get();
        assertThat(environment.skill()).isEqualTo("mailer");
        assertThat(environment.setting("host")).hasValue("code");
        assertThat(environment.requiredSetting("port")).isEqualTo("25");
        assertThat(environment.requiredSecret("api.key")).isEqualTo(Secret.of("hush"));
        assertThat(environment.setting("user")).isEmpty();
        assertThat(environment.secret("user")).isEmpty();
        assertThat(environment.settings()).containsExactly("host", "port");
        assertThat(environment.requiredService(CharSequence.class)).isEqualTo("service");
        assertThat(environment.service(String.class)).isEmpty();
    }

    @Test
    void doesNotPrintWhatMayBeSecret() {
        AtomicReference<SkillEnvironment> seen = new AtomicReference<>();
        SkillSettings settings = SkillSettings.none().with("mailer", "password", "hush");
        SkillRegistry own = builder().settings(settings).build();

        own.register(RecordingSkill.named("mailer", "mail").opening(seen::set));

        assertThat(seen.get().requiredSecret("password").reveal()).isEqualTo("hush");
        assertThat(List.of(seen.get(), seen.get().secret("password"), settings, own.skills()))
                .asString()
                .doesNotContain("hush");
    }

    @Test
    void settingsDoNotChangeOnceGiven() {
        SkillSettings before = SkillSettings.none().withEnvironment(name -> null);

        before.with("mailer", "host", "code");

        assertThat(before.find("mailer", "host")).isEmpty();
        assertThat(Map.of("SkillSettings.variable", SkillSettings.variable("my-mailer.v2", "api.key")))
                .containsExactly(entry("SkillSettings.variable", "VICTOR_MY_MAILER_V2_API_KEY"));
    }

    private RegistryBuilder builder() {
        return SkillRegistry.builder().clock(new SettableClock()).onChange(changes::incrementAndGet);
    }

    private List<String> names(String type) {
        return registry.serving(type).stream()
                .map(handle -> handle.descriptor().name())
                .toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
