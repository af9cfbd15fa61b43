package io.victorhub.store;

import io.victorhub.json.JsonScan;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Fence;
import io.victorhub.spi.store.Progress;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads facts as {@link FactWriter} writes them. What tasks carry is passed over where nobody asks for it: that is what
 * makes opening fast. One thread at a time.
 */
final class FactReader {

    /** Progress is kept to a millionth. */
    static final long FRACTIONS = 1_000_000;

    private final StoreCodec codec;
    private final JsonScan in = new JsonScan();
    private boolean tasks;
    private boolean logs;
    private String lastType = "";

    FactReader(StoreCodec codec) {
        this.codec = codec;
    }

    /** {@return the fact, without what it carries} Its payloads are empty; there are as many of them as there were. */
    Fact outline(byte[] bytes, int start, int end) {
        return read(bytes, start, end, false, false);
    }

    /** {@return the fact with its log entries, and without the tasks that it carries} */
    Fact withEntries(byte[] bytes, int start, int end) {
        return read(bytes, start, end, false, true);
    }

    /** {@return the fact with the tasks that it carries, and without its log entries} */
    Fact withTasks(byte[] bytes, int start, int end) {
        return read(bytes, start, end, true, false);
    }

    /** {@return the fact with all that it carries} */
    Fact whole(byte[] bytes, int start, int end) {
        return read(bytes, start, end, true, true);
    }

    /** {@return whether a record, of which these are the first bytes, may hold log entries} */
    static boolean mayHoldEntries(byte[] bytes, int start, int end) {
        int kind = start + "{\"r\":\"".length();
        return kind + 1 < end && (bytes[kind] == 'e' || bytes[kind] == 'l' && bytes[kind + 1] == 'o');
    }

    /** {@return whether a record, of which these are the first bytes, may be the end of a task} */
    static boolean mayEndTasks(byte[] bytes, int start, int end) {
        int kind = start + "{\"r\":\"".length();
        return kind < end && (bytes[kind] == 'e' || bytes[kind] == 'k');
    }

    /** {@return whether a record, of which these are the first bytes, may carry a task} */
    static boolean mayCarryTasks(byte[] bytes, int start, int end) {
        int kind = start + "{\"r\":\"".length();
        return kind + 1 < end
                && (bytes[kind] == 'a' && bytes[kind + 1] == 'd' || bytes[kind] == 'e' || bytes[kind] == 'm');
    }

    /** {@return whether a record, of which these are the first bytes, may be what a skill told of its progress} */
    static boolean mayTellProgress(byte[] bytes, int start, int end) {
        int kind = start + "{\"r\":\"".length();
        return kind < end && bytes[kind] == 'p';
    }

    /** {@return whether a record, of which these are the first bytes, may change small state} */
    static boolean mayChangeState(byte[] bytes, int start, int end) {
        int kind = start + "{\"r\":\"".length();
        return kind < end && bytes[kind] == 's';
    }

    private Fact read(byte[] bytes, int start, int end, boolean withTasks, boolean withEntries) {
        tasks = withTasks;
        logs = withEntries;
        in.over(bytes, start, end).expect("{\"r\":\"");
        if (in.skip("added\",")) {
            return added();
        } else if (in.skip("leased\",\"n\":")) {
            return new Fact.Leased(in.number(), number(",\"l\":"), integer(",\"try\":"), instant(",\"at\":"));
        } else if (in.skip("ended\",")) {
            return ended();
        } else if (in.skip("logged\",\"e\":")) {
            return new Fact.Logged(entries((int) in.number()));
        } else if (in.skip("moved\",\"n\":")) {
            return moved();
        } else if (in.skip("kept\",")) {
            return new Fact.Kept(ended());
        }
        return small(bytes, start, end);
    }

    private Fact small(byte[] bytes, int start, int end) {
        if (in.skip("asked\",\"n\":")) {
            return new Fact.CancelAsked(in.number());
        } else if (in.skip("freed\",\"n\":")) {
            return new Fact.Freed(in.number(), instant(",\"at\":"));
        } else if (in.skip("requeued\",\"n\":")) {
            return new Fact.Requeued(
                    in.number(), integer(",\"round\":"), instant(",\"at\":"), in.skip(",\"held\":true"));
        } else if (in.skip("progress\",\"n\":")) {
            return new Fact.Progressed(in.number(), progress());
        } else if (in.skip("state\",\"version\":")) {
            return new Fact.StateChanged(in.number(), changes());
        } else if (in.skip("forgot\",\"before\":")) {
            return new Fact.Forgot(in.text());
        } else if (in.skip("opened\",\"epoch\":")) {
            return new Fact.Opened(
                    in.number(),
                    number(",\"lease\":"),
                    number(",\"sequence\":"),
                    number(",\"version\":"),
                    instant(",\"at\":"),
                    text(",\"node\":"));
        }
        in.over(bytes, start, end).expect("{\"r\":");
        throw new StorageException("a record of kind '" + in.text()
                + "' is not known to this version of Victor; it was written by a newer one, so open it with that");
    }

    private Fact.Added added() {
        in.expect("\"n\":");
        long sequence = in.number();
        Instant at = instant(",\"at\":");
        Queueing how = queueing();
        in.expect(",\"task\":");
        return new Fact.Added(sequence, at, how, submission(how));
    }

    private Queueing queueing() {
        String id = text(",\"id\":");
        in.expect(",\"type\":");
        String type = type();
        int priority = integer(",\"p\":");
        return new Queueing(
                id,
                type,
                textIf(",\"lane\":"),
                priority,
                instantIf(",\"not_before\":"),
                instantIf(",\"deadline\":"),
                textIf(",\"key\":"),
                textIf(",\"parent\":"),
                textIf(",\"batch\":"),
                in.skip(",\"held\":true"));
    }

    /** Most records are of few types: neighbours share the text. */
    private String type() {
        String type = in.text();
        if (type.equals(lastType)) {
            return lastType;
        }
        lastType = type;
        return type;
    }

    private Fact.Ended ended() {
        in.expect("\"n\":");
        long sequence = in.number();
        String id = text(",\"id\":");
        in.expect(",\"type\":");
        String type = type();
        Disposition disposition = disposition();
        Instant at = instant(",\"at\":");
        int attempts = integer(",\"try\":");
        int round = integer(",\"round\":");
        Instant ready = instant(",\"ready\":");
        boolean asked = in.skip(",\"asked\":true");
        long place = number(",\"place\":");
        String parent = textIf(",\"parent\":");
        String batch = textIf(",\"batch\":");
        long before = in.skip(",\"before\":") ? in.number() : Where.NOWHERE;
        List<Fact.Added> followUps = new ArrayList<>();
        if (in.skip(",\"followups\":[")) {
            do {
                in.expect("{");
                followUps.add(added());
                in.expect("}");
            } while (in.skip(","));
            in.expect("]");
        }
        return new Fact.Ended(
                sequence,
                id,
                type,
                disposition,
                at,
                attempts,
                round,
                ready,
                asked,
                place,
                parent,
                batch,
                before,
                followUps,
                entries(integer(",\"e\":")));
    }

    private Disposition disposition() {
        String as = text(",\"as\":");
        if (as.equals("RETRY")) {
            return Disposition.retry(instant(",\"until\":"));
        }
        return as.equals("RELEASED")
                ? Disposition.released(instant(",\"until\":"))
                : new Disposition.Settled(TaskStatus.valueOf(as));
    }

    private List<Payload<LogEntry>> entries(int count) {
        if (!logs) {
            return Outline.entries(count);
        }
        in.expect(",\"entries\":[");
        List<Payload<LogEntry>> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                in.expect(",");
            }
            byte[] json = in.value();
            entries.add(new Payload<>(codec.entry(json), json));
        }
        return entries;
    }

    private Payload<Submission> submission(Queueing how) {
        if (!tasks) {
            in.passValue();
            return Outline.SUBMISSION;
        }
        byte[] json = in.value();
        return Blank.isErased(json) ? Blank.payload(how) : new Payload<>(codec.submission(json), json);
    }

    private Fact.Moved moved() {
        long sequence = in.number();
        Instant at = instant(",\"at\":");
        Queueing how = queueing();
        TaskStatus status = TaskStatus.valueOf(text(",\"as\":"));
        int attempts = integer(",\"try\":");
        int round = integer(",\"round\":");
        Instant ready = instant(",\"ready\":");
        boolean asked = in.skip(",\"asked\":true");
        long lease = number(",\"l\":");
        Instant leased = instantIf(",\"leased\":");
        Instant settled = instantIf(",\"settled\":");
        Payload<LogEntry> last = null;
        if (in.skip(",\"last\":")) {
            byte[] json = in.value();
            last = logs ? new Payload<>(codec.entry(json), json) : Outline.ENTRY;
        }
        in.expect(",\"task\":");
        TaskImage image = new TaskImage(
                sequence, how, status, attempts, round, ready, asked, lease, leased, settled, null, Where.NOWHERE);
        return new Fact.Moved(at, image, submission(how), last);
    }

    private Progress progress() {
        String id = text(",\"id\":");
        Fence fence = new Fence(number(",\"epoch\":"), number(",\"l\":"));
        double fraction = number(",\"fraction\":") / (double) FRACTIONS;
        Instant at = instant(",\"at\":");
        return new Progress(id, fence, fraction, text(",\"message\":"), at);
    }

    private List<Change> changes() {
        in.expect(",\"changes\":[");
        List<Change> changes = new ArrayList<>();
        do {
            String key = text("{\"key\":");
            changes.add(
                    in.skip(",\"value\":")
                            ? Change.put(key, 0, Base64.getDecoder().decode(in.text()))
                            : Change.delete(key, 0));
            in.expect("}");
        } while (in.skip(","));
        return changes;
    }

    private long number(String before) {
        return in.expect(before).number();
    }

    private int integer(String before) {
        return (int) number(before);
    }

    private Instant instant(String before) {
        return in.expect(before).instant();
    }

    private String text(String before) {
        return in.expect(before).text();
    }

    private @Nullable String textIf(String before) {
        return in.skip(before) ? in.text() : null;
    }

    private @Nullable Instant instantIf(String before) {
        return in.skip(before) ? in.instant() : null;
    }
}
