package io.victorhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.json.JsonBytes;
import io.victorhub.spi.Closed;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.Submission;
import io.victorhub.spi.Task;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Fence;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

/** Facts are read as they were written, with all that they carry and without. */
class FactProperties {

    private static final StoreCodec CODEC = Stores.codec();
    private static final Instant NOW = Instant.parse("2026-11-25T01:02:03.000004005Z");

    @Property(tries = 300)
    void readsEveryKindAsItWasWritten(
            @ForAll long seed, @ForAll @StringLength(min = 1, max = 20) String text, @ForAll boolean rich) {
        Random random = new Random(seed);
        String id = text.codePoints().allMatch(Character::isLetterOrDigit) ? text : "id \"\\ é \uD83D\uDE00";
        Fact.Added added = added(id, random, rich);
        List<Fact> all = List.of(
                added,
                new Fact.Leased(1L << 40, 7, 3, NOW),
                ended(id, new Disposition.Settled(TaskStatus.DONE), List.of(), List.of(closed(id))),
                ended(id, Disposition.retry(NOW), List.of(added, added(id + "2", random, !rich)), List.of()),
                ended(id, Disposition.released(NOW), List.of(), List.of(closed(id), closed(id))),
                new Fact.CancelAsked(5),
                new Fact.Freed(5, NOW),
                new Fact.Requeued(5, 2, NOW, false),
                new Fact.Requeued(5, 2, NOW, true),
                new Fact.Progressed(5, new Progress(id, new Fence(3, 9), .25, text, NOW)),
                new Fact.Logged(List.of(closed(id))),
                new Fact.StateChanged(
                        9,
                        List.of(
                                Change.put("a " + text, 0, text.getBytes(StandardCharsets.UTF_8)),
                                Change.delete("b", 0))),
                new Fact.Forgot("3:4:5"),
                new Fact.Kept(ended(id, Disposition.cancelled(), List.of(), List.of())),
                new Fact.Opened(1, 2, 3, 4, NOW, text));
        for (Fact fact : all) {
            byte[] bytes = written(fact);
            Fact read = new FactReader(CODEC).whole(bytes, 0, bytes.length);
            assertThat(written(read)).as(fact.toString()).isEqualTo(bytes);
            Fact outline = new FactReader(CODEC).outline(bytes, 0, bytes.length);
            assertThat(outline).hasSameClassAs(fact);
        }
        byte[] bytes = written(added);
        assertThat(((Fact.Added) new FactReader(CODEC).outline(bytes, 0, bytes.length)).how())
                .isEqualTo(added.how());
    }

    @Example
    void readsAMovedTask() {
        Queueing how = Queueing.of(submission("m", new Random(1), true));
        TaskImage image = new TaskImage(
                77, how, TaskStatus.RUNNING, 2, 3, NOW, true, 12, NOW.plusSeconds(1), null, null, Where.NOWHERE);
        Submission submission = submission("m", new Random(1), true);
        for (Payload<LogEntry> last : new @Nullable Payload[] {null, closed("m")}) {
            Fact moved = new Fact.Moved(NOW, image, new Payload<>(submission, CODEC.encode(submission)), last);
            byte[] bytes = written(moved);

            Fact.Moved read = (Fact.Moved) new FactReader(CODEC).whole(bytes, 0, bytes.length);

            assertThat(read.image()).isEqualTo(image);
            assertThat(read.submission().value()).isEqualTo(submission);
            assertThat(read.last() == null).isEqualTo(last == null);
        }
    }

    @Example
    void namesAKindThatItDoesNotKnow() {
        byte[] bytes = "{\"r\":\"teleported\",\"n\":1}".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> new FactReader(CODEC).outline(bytes, 0, bytes.length))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("teleported")
                .hasMessageContaining("newer");
    }

    @Property(tries = 200)
    void refusesWhatIsCutOffAndNeverReadsBeyondTheEnd(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = written(added("cut", random, true));
        int end = random.nextInt(bytes.length - 1);

        assertThatThrownBy(() -> new FactReader(CODEC).whole(bytes, 0, end)).isInstanceOf(StorageException.class);
    }

    private static byte[] written(Fact fact) {
        JsonBytes out = new JsonBytes(16);
        new FactWriter(out).write(fact);
        return out.toBytes();
    }

    private static Fact.Added added(String id, Random random, boolean rich) {
        Submission submission = submission(id, random, rich);
        return new Fact.Added(
                Math.abs(random.nextLong() >> 1),
                NOW,
                Queueing.of(submission),
                new Payload<>(submission, CODEC.encode(submission)));
    }

    private static Submission submission(String id, Random random, boolean rich) {
        Submission.Builder submission = Submission.builder(Task.of("a-type")
                .id(id)
                .priority(random.nextInt(11))
                .input("text", "with \"quotes\", {braces} and [brackets] \\ é")
                .deadline(rich ? NOW.plusSeconds(5) : null)
                .build());
        if (rich) {
            submission
                    .lane("lane \"1\"")
                    .uniqueKey("key é")
                    .parent("p")
                    .batch("b")
                    .notBefore(NOW)
                    .held(true);
        }
        return submission.build();
    }

    private static Fact.Ended ended(
            String id, Disposition disposition, List<Fact.Added> followUps, List<Payload<LogEntry>> entries) {
        return new Fact.Ended(
                3,
                id,
                "a-type",
                disposition,
                NOW,
                2,
                1,
                NOW,
                true,
                99,
                "parent",
                null,
                entries.isEmpty() ? Where.NOWHERE : 77,
                followUps,
                entries);
    }

    private static Payload<LogEntry> closed(String id) {
        Closed closed = new Closed(id, "a-type", Reason.EXPIRED, "it says: \"}]\"", 1, 1, NOW);
        return new Payload<>(closed, CODEC.encode(closed));
    }
}
