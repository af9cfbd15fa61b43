package io.victorhub.scheduling.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.victorhub.scheduling.InboxReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the inbox does while files and folders are not what they should be, and once they are. */
class InboxTroubleTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Inbox.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @TempDir
    private Path home;

    private InboxFixture tasks;
    private Inbox inbox;

    @BeforeEach
    void open() {
        tasks = new InboxFixture(home);
        inbox = tasks.inbox();
        logged.start();
        logger.setAdditive(false);
        logger.addAppender(logged);
    }

    @AfterEach
    void close() {
        logger.detachAppender(logged);
        logger.setAdditive(true);
        inbox.close();
        tasks.close();
    }

    @Test
    void warnsOnceWhileTheFileIsNoneAndGoesOnWhenItIs() throws IOException {
        Files.createDirectories(tasks.queue());

        assertThat(inbox.readNow()).isEmpty();
        assertThat(inbox.readNow()).isEmpty();

        assertThat(warnings())
                .containsExactly("the inbox cannot take " + tasks.queue() + "; it is tried again at the next look");
        assertThat(inbox.trouble())
                .get(InstanceOfAssertFactories.STRING)
                .contains("is a folder; remove it and put a plain file there");

        Files.delete(tasks.queue());
        tasks.drop("[{\"type\": \"a\"}]");
        assertThat(inbox.readNow()).extracting(InboxReport::accepted).containsExactly(1);
        assertThat(inbox.trouble()).isEmpty();
    }

    @Test
    void warnsAgainWhenATroubleComesBack() throws IOException {
        Files.createDirectories(tasks.queue());
        inbox.readNow();
        Files.delete(tasks.queue());
        inbox.readNow();
        Files.createDirectories(tasks.queue());

        inbox.readNow();

        assertThat(warnings()).hasSize(2);
    }

    @Test
    void takesNoLinkBecauseWhatItPointsToIsNotItsOwn() throws IOException {
        Path elsewhere = Files.writeString(home.resolve("elsewhere.json"), "[{\"type\": \"a\"}]");
        Files.createDirectories(tasks.folder);
        Files.createSymbolicLink(tasks.queue(), elsewhere);

        assertThat(inbox.readNow()).isEmpty();

        assertThat(inbox.trouble()).get(InstanceOfAssertFactories.STRING).contains("is a link");
        assertThat(elsewhere).exists();
    }

    @Test
    void warnsOnceWhileTheFolderCannotBeMadeAndGoesOnWhenItCan() throws IOException {
        Files.writeString(tasks.folder, "in the way");

        inbox.readNow();
        inbox.readNow();

        assertThat(warnings())
                .containsExactly(
                        "the inbox " + tasks.folder + " cannot do its work; it is tried again at the next look");
        Files.delete(tasks.folder);
        tasks.drop("[{\"type\": \"a\"}]");
        assertThat(inbox.readNow()).hasSize(1);
    }

    @Test
    void takesNothingWhileThereIsNoPlaceToPutItAway() throws IOException {
        Files.createDirectories(tasks.folder);
        Files.writeString(tasks.folder.resolve("imported"), "in the way");
        tasks.drop("[{\"type\": \"a\"}]");

        inbox.readNow();
        assertThat(tasks.queue()).exists();
        assertThat(tasks.ids()).isEmpty();
        Files.delete(tasks.folder.resolve("imported"));

        assertThat(inbox.readNow()).extracting(InboxReport::accepted).containsExactly(1);
    }

    @Test
    void doesAFileAgainThatCouldNotBePutAway() throws IOException {
        Path imported = tasks.folder.resolve("imported");
        Inbox interrupted = tasks.inbox(step -> {
            if (step == Step.SUBMITTED) {
                replaceByFile(imported);
            }
        });
        tasks.drop("[{\"type\": \"a\"}]");

        assertThat(interrupted.readNow()).isEmpty();
        assertThat(tasks.ids()).hasSize(1);
        Files.delete(imported);

        assertThat(inbox.readNow())
                .extracting(InboxReport::accepted, InboxReport::known)
                .containsExactly(tuple(0, 1));
        assertThat(tasks.ids()).hasSize(1);
    }

    @Test
    void oneFileInTheWayDoesNotKeepTheOthersWaiting() throws IOException {
        Files.createDirectories(tasks.folder.resolve("inbox-20260104T090000.000Z-1.json"));
        tasks.drop("[{\"type\": \"a\"}]");

        assertThat(inbox.readNow()).hasSize(1);

        assertThat(inbox.trouble()).isPresent();
    }

    @Test
    void warnsOfRejectedEntriesOnceForTheFile() throws IOException {
        tasks.drop("[{}, {}, {\"type\": \"a\"}]");

        inbox.readNow();

        assertThat(warnings()).hasSize(1);
        assertThat(warnings())
                .first(InstanceOfAssertFactories.STRING)
                .startsWith("2 entries of ")
                .contains(".rejected.json");
    }

    private List<String> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static void replaceByFile(Path folder) {
        try {
            Files.delete(folder);
            Files.writeString(folder, "in the way");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
