package io.victorhub.registry.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.victorhub.testing.SkillJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginWatchTest {

    private static final Duration NEVER_BY_ITSELF = Duration.ofHours(1);

    @TempDir
    Path temp;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    @Test
    void noticesAJarThatIsDroppedReplacedAndRemoved() throws Exception {
        PluginHome home = new PluginHome(temp);
        try (PluginWatch watch = watch(home, NEVER_BY_ITSELF)) {
            Path jar = SkillJar.skill("greeter", "1").writeTo(home.jar("greeter.jar"));
            await().until(() -> home.skills().equals(List.of("greeter 1")));

            SkillJar.skill("greeter", "2").writeTo(jar);
            await().until(() -> home.skills().equals(List.of("greeter 2")));

            Files.delete(jar);
            await().until(() -> home.skills().isEmpty());
        }
    }

    @Test
    void makesTheFolderWhereThereIsNone() throws Exception {
        PluginHome home = new PluginHome(temp);
        Files.delete(home.folder);

        try (PluginWatch watch = watch(home, NEVER_BY_ITSELF)) {
            assertThat(home.folder).isDirectory();
        }
    }

    /** No event tells of it, because nothing watched yet. */
    @Test
    void findsWhatCameBeforeItBegan() throws Exception {
        PluginHome home = new PluginHome(temp);
        SkillJar.skill("greeter", "1").writeTo(home.jar("greeter.jar"));

        try (PluginWatch watch = watch(home, NEVER_BY_ITSELF)) {
            await().until(() -> home.skills().equals(List.of("greeter 1")));
        }
    }

    @Test
    void tellsOfABrokenJarWithoutWaitingForItsInterval() throws Exception {
        PluginHome home = new PluginHome(temp);
        try (PluginWatch watch = watch(home, NEVER_BY_ITSELF)) {
            Files.writeString(home.jar("bad.jar"), "no jar");

            await().until(() -> home.problems().size() == 1);
        }
    }

    /** A folder that was made anew is not the one that is watched. */
    @Test
    void looksEveryNowAndThenWhateverHappens() throws Exception {
        PluginHome home = new PluginHome(temp);
        try (PluginWatch watch = watch(home, Duration.ofMillis(50))) {
            Files.delete(home.folder);
            Files.createDirectory(home.folder);
            SkillJar.skill("greeter", "1").writeTo(home.jar("greeter.jar"));

            await().until(() -> home.skills().equals(List.of("greeter 1")));
        }
    }

    @Test
    void goesOnAfterAMachineError() throws Exception {
        PluginHome home = new PluginHome(temp);
        SkillJar.skill(
                        "bad",
                        "1",
                        "public void open(SkillEnvironment e) { throw new OutOfMemoryError(\"for a test\"); }")
                .writeTo(home.jar("bad.jar"));
        try (PluginWatch watch = watch(home, Duration.ofMillis(50))) {
            await().until(() -> home.problems().size() == 1);

            SkillJar.skill("fine", "1").writeTo(home.jar("fine.jar"));

            await().until(() -> home.skills().equals(List.of("fine 1")));
        }
    }

    @Test
    void endsItsThreadWhenClosed() throws Exception {
        PluginHome home = new PluginHome(temp);
        PluginWatch watch = watch(home, NEVER_BY_ITSELF);
        Thread thread = threads.get(0);
        assertThat(thread.getName()).isEqualTo("victor-plugins");
        assertThat(thread.isDaemon()).isTrue();

        watch.close();
        watch.close();

        await().until(() -> !thread.isAlive());
    }

    private PluginWatch watch(PluginHome home, Duration interval) throws Exception {
        return PluginWatch.start(home.registry, home.folder, interval, work -> {
            Thread thread = new Thread(work);
            threads.add(thread);
            return thread;
        });
    }
}
