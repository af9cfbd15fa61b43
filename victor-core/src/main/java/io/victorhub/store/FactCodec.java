package io.victorhub.store;

import io.victorhub.json.Members;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Submission;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.StorageException;
import io.victorhub.spi.store.StoreCodec;
import io.victorhub.spi.store.TaskStatus;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The JSON of facts, as the journal keeps them: {@code r} says which one it is. */
final class FactCodec {

    private final StoreCodec codec;

    FactCodec(StoreCodec codec) {
        this.codec = codec;
    }

    byte[] encode(Fact fact) {
        if (fact instanceof Fact.Added added) {
            return members(added).toBytes();
        } else if (fact instanceof Fact.Leased leased) {
            return kind("leased")
                    .text("id", leased.id())
                    .number("number", leased.number())
                    .text("at", leased.at().toString())
                    .toBytes();
        } else if (fact instanceof Fact.Ended ended) {
            return encode(ended);
        } else if (fact instanceof Fact.CancelAsked asked) {
            return kind("asked").text("id", asked.id()).toBytes();
        } else if (fact instanceof Fact.Freed freed) {
            return timed("freed", freed.id(), freed.at());
        } else if (fact instanceof Fact.Requeued requeued) {
            return timed("requeued", requeued.id(), requeued.at());
        } else if (fact instanceof Fact.Logged logged) {
            return kind("logged").list("entries", pieces(logged.entries())).toBytes();
        } else if (fact instanceof Fact.StateChanged changed) {
            return encode(changed);
        } else if (fact instanceof Fact.Forgot forgot) {
            return kind("forgot").text("before", forgot.before()).toBytes();
        }
        Fact.Opened opened = (Fact.Opened) fact;
        return kind("opened")
                .number("epoch", opened.epoch())
                .number("lease", opened.lease())
                .number("sequence", opened.sequence())
                .number("version", opened.version())
                .text("at", opened.at().toString())
                .text("node", opened.node())
                .toBytes();
    }

    Fact decode(byte[] record) {
        Members in = Members.of(record);
        String kind = in.text("r");
        switch (kind) {
            case "added":
                return added(in);
            case "leased":
                return new Fact.Leased(in.text("id"), in.number("number"), instant(in));
            case "ended":
                return new Fact.Ended(
                        in.text("id"),
                        disposition(in),
                        instant(in),
                        entries(in),
                        in.list("followups").stream()
                                .map(Members::of)
                                .map(this::added)
                                .toList());
            case "asked":
                return new Fact.CancelAsked(in.text("id"));
            case "freed":
                return new Fact.Freed(in.text("id"), instant(in));
            case "requeued":
                return new Fact.Requeued(in.text("id"), instant(in));
            case "logged":
                return new Fact.Logged(entries(in));
            case "state":
                return new Fact.StateChanged(
                        in.number("version"),
                        in.list("changes").stream()
                                .map(Members::of)
                                .map(FactCodec::change)
                                .toList());
            case "forgot":
                return new Fact.Forgot(in.text("before"));
            case "opened":
                return new Fact.Opened(
                        in.number("epoch"),
                        in.number("lease"),
                        in.number("sequence"),
                        in.number("version"),
                        instant(in),
                        in.text("node"));
            default:
                throw new StorageException(
                        "a record of kind '" + kind
                                + "' is not known to this version of Victor; it was written by a newer one, so open it with that");
        }
    }

    /** {@return whether a record, of which these are the first bytes, may hold log entries} */
    static boolean mayHoldEntries(byte[] bytes, int start, int end) {
        int kind = start + "{\"r\":\"".length();
        return kind < end && (bytes[kind] == 'e' || bytes[kind] == 'l' && bytes[kind + 1] == 'o');
    }

    /** {@return whether a record, of which these are the first bytes, is a task that was queued} */
    static boolean isAdded(byte[] bytes, int start, int end) {
        int kind = start + "{\"r\":\"".length();
        return kind + 1 < end && bytes[kind] == 'a' && bytes[kind + 1] == 'd';
    }

    /** {@return the JSON of the n-th submission in a record} */
    static byte[] submission(byte[] record, int index) {
        Members in = Members.of(record);
        return in.has("task")
                ? in.raw("task")
                : Members.of(in.list("followups").get(index)).raw("task");
    }

    /** {@return the JSON of the log entries in a record} */
    static List<byte[]> entries(byte[] record) {
        return Members.of(record).list("entries");
    }

    /** {@return the same fact without what the tasks {@code ids} carried} */
    Fact erased(Fact fact, Set<String> ids) {
        if (fact instanceof Fact.Added added) {
            return erased(added, ids);
        } else if (fact instanceof Fact.Logged logged) {
            return new Fact.Logged(erasedEntries(logged.entries(), ids));
        } else if (fact instanceof Fact.Ended ended) {
            return new Fact.Ended(
                    ended.id(),
                    ended.disposition(),
                    ended.at(),
                    erasedEntries(ended.entries(), ids),
                    ended.followUps().stream()
                            .map(followUp -> erased(followUp, ids))
                            .toList());
        }
        return fact;
    }

    private Fact.Added erased(Fact.Added added, Set<String> ids) {
        Submission submission = added.submission().value();
        if (!ids.contains(submission.task().id())) {
            return added;
        }
        Submission blank = Blank.of(submission);
        return new Fact.Added(added.sequence(), added.at(), new Payload<>(blank, codec.encode(blank)));
    }

    private List<Payload<LogEntry>> erasedEntries(List<Payload<LogEntry>> entries, Set<String> ids) {
        return entries.stream()
                .map(entry -> ids.contains(entry.value().taskId()) ? blank(entry.value()) : entry)
                .toList();
    }

    private Payload<LogEntry> blank(LogEntry entry) {
        LogEntry blank = Blank.of(entry);
        return new Payload<>(blank, codec.encode(blank));
    }

    private byte[] encode(Fact.Ended ended) {
        Members out = kind("ended").text("id", ended.id());
        if (ended.disposition() instanceof Disposition.Settled settled) {
            out.text("as", settled.as().name());
        } else if (ended.disposition() instanceof Disposition.Retry retry) {
            out.text("as", "RETRY").text("until", retry.at().toString());
        } else {
            out.text("as", "RELEASED")
                    .text(
                            "until",
                            ((Disposition.Released) ended.disposition())
                                    .notBefore()
                                    .toString());
        }
        out.text("at", ended.at().toString()).list("entries", pieces(ended.entries()));
        if (!ended.followUps().isEmpty()) {
            out.list(
                    "followups",
                    ended.followUps().stream()
                            .map(followUp -> members(followUp).toBytes())
                            .toList());
        }
        return out.toBytes();
    }

    private static Disposition disposition(Members in) {
        String as = in.text("as");
        if (as.equals("RETRY")) {
            return Disposition.retry(Instant.parse(in.text("until")));
        }
        return as.equals("RELEASED")
                ? Disposition.released(Instant.parse(in.text("until")))
                : new Disposition.Settled(TaskStatus.valueOf(as));
    }

    private static byte[] encode(Fact.StateChanged changed) {
        List<byte[]> changes = changed.changes().stream()
                .map(change -> {
                    Members one = new Members().text("key", change.key());
                    change.value()
                            .ifPresent(value ->
                                    one.text("value", Base64.getEncoder().encodeToString(value)));
                    return one.toBytes();
                })
                .toList();
        return kind("state")
                .number("version", changed.version())
                .list("changes", changes)
                .toBytes();
    }

    private static Change change(Members in) {
        return in.has("value")
                ? Change.put(in.text("key"), 0, Base64.getDecoder().decode(in.text("value")))
                : Change.delete(in.text("key"), 0);
    }

    private static Members members(Fact.Added added) {
        return kind("added")
                .number("sequence", added.sequence())
                .text("at", added.at().toString())
                .raw("task", added.submission().json());
    }

    private Fact.Added added(Members in) {
        byte[] task = in.raw("task");
        return new Fact.Added(in.number("sequence"), instant(in), new Payload<>(codec.submission(task), task));
    }

    private List<Payload<LogEntry>> entries(Members in) {
        return in.list("entries").stream()
                .map(piece -> new Payload<>(codec.entry(piece), piece))
                .toList();
    }

    private static byte[] timed(String kind, String id, Instant at) {
        return kind(kind).text("id", id).text("at", at.toString()).toBytes();
    }

    private static List<byte[]> pieces(List<Payload<LogEntry>> entries) {
        return entries.stream().map(Payload::json).toList();
    }

    private static Instant instant(Members in) {
        return Instant.parse(in.text("at"));
    }

    private static Members kind(String kind) {
        return new Members().text("r", kind);
    }
}
