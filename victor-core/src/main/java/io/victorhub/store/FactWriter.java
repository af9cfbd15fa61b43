package io.victorhub.store;

import io.victorhub.json.JsonBytes;
import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Progress;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of facts, as the journal keeps them: {@code r} says which one it is, what the table needs comes first, and what
 * tasks carry comes last. {@link FactReader} reads it in the same order. One thread at a time.
 */
final class FactWriter {

    private final JsonBytes out;

    FactWriter(JsonBytes out) {
        this.out = out;
    }

    void write(Fact fact) {
        if (fact instanceof Fact.Added added) {
            out.raw("{\"r\":\"added\",");
            added(added);
        } else if (fact instanceof Fact.Leased leased) {
            kind("leased", leased.sequence());
            out.raw(",\"l\":").number(leased.number());
            out.raw(",\"try\":").number(leased.attempt());
            out.raw(",\"at\":").instant(leased.at());
        } else if (fact instanceof Fact.Ended ended) {
            out.raw("{\"r\":\"ended\",");
            ended(ended);
        } else if (fact instanceof Fact.Logged logged) {
            out.raw("{\"r\":\"logged\",\"e\":").number(logged.entries().size());
            entries(logged.entries());
        } else if (fact instanceof Fact.Moved moved) {
            moved(moved);
        } else if (fact instanceof Fact.Kept kept) {
            out.raw("{\"r\":\"kept\",");
            ended(kept.ended());
        } else {
            writeSmall(fact);
        }
        out.raw("}");
    }

    private void writeSmall(Fact fact) {
        if (fact instanceof Fact.CancelAsked asked) {
            kind("asked", asked.sequence());
        } else if (fact instanceof Fact.Freed freed) {
            kind("freed", freed.sequence());
            out.raw(",\"at\":").instant(freed.at());
        } else if (fact instanceof Fact.Requeued requeued) {
            kind("requeued", requeued.sequence());
            out.raw(",\"round\":").number(requeued.round());
            out.raw(",\"at\":").instant(requeued.at());
            if (requeued.held()) {
                out.raw(",\"held\":true");
            }
        } else if (fact instanceof Fact.Progressed progressed) {
            kind("progress", progressed.sequence());
            progress(progressed.progress());
        } else if (fact instanceof Fact.StateChanged changed) {
            out.raw("{\"r\":\"state\",\"version\":").number(changed.version());
            changes(changed.changes());
        } else if (fact instanceof Fact.Forgot forgot) {
            out.raw("{\"r\":\"forgot\",\"before\":").text(forgot.before());
        } else {
            opened((Fact.Opened) fact);
        }
    }

    private void opened(Fact.Opened opened) {
        out.raw("{\"r\":\"opened\",\"epoch\":").number(opened.epoch());
        out.raw(",\"lease\":").number(opened.lease());
        out.raw(",\"sequence\":").number(opened.sequence());
        out.raw(",\"version\":").number(opened.version());
        out.raw(",\"at\":").instant(opened.at());
        out.raw(",\"node\":").text(opened.node());
    }

    private void kind(String kind, long sequence) {
        out.raw("{\"r\":\"").raw(kind).raw("\",\"n\":").number(sequence);
    }

    private void added(Fact.Added added) {
        out.raw("\"n\":").number(added.sequence());
        out.raw(",\"at\":").instant(added.at());
        queueing(added.how());
        out.raw(",\"task\":").raw(added.submission().json());
    }

    private void queueing(Queueing how) {
        out.raw(",\"id\":").text(how.id());
        out.raw(",\"type\":").text(how.type());
        out.raw(",\"p\":").number(how.priority());
        if (how.isPlain()) {
            return;
        }
        text("lane", how.lane());
        instant("not_before", how.notBefore());
        instant("deadline", how.deadline());
        text("key", how.uniqueKey());
        text("parent", how.parent());
        text("batch", how.batch());
        if (how.held()) {
            out.raw(",\"held\":true");
        }
    }

    private void ended(Fact.Ended ended) {
        out.raw("\"n\":").number(ended.sequence());
        out.raw(",\"id\":").text(ended.id());
        out.raw(",\"type\":").text(ended.type());
        disposition(ended.disposition());
        out.raw(",\"at\":").instant(ended.at());
        out.raw(",\"try\":").number(ended.attempts());
        out.raw(",\"round\":").number(ended.round());
        out.raw(",\"ready\":").instant(ended.readyAt());
        if (ended.cancelRequested()) {
            out.raw(",\"asked\":true");
        }
        out.raw(",\"place\":").number(ended.place());
        text("parent", ended.parent());
        text("batch", ended.batch());
        if (ended.before() != Where.NOWHERE) {
            out.raw(",\"before\":").number(ended.before());
        }
        if (!ended.followUps().isEmpty()) {
            out.raw(",\"followups\":[");
            for (int i = 0; i < ended.followUps().size(); i++) {
                out.raw(i == 0 ? "{" : ",{");
                added(ended.followUps().get(i));
                out.raw("}");
            }
            out.raw("]");
        }
        out.raw(",\"e\":").number(ended.entries().size());
        entries(ended.entries());
    }

    private void disposition(Disposition disposition) {
        if (disposition instanceof Disposition.Settled settled) {
            out.raw(",\"as\":\"").raw(settled.as().name()).raw("\"");
        } else if (disposition instanceof Disposition.Retry retry) {
            out.raw(",\"as\":\"RETRY\",\"until\":").instant(retry.at());
        } else {
            out.raw(",\"as\":\"RELEASED\",\"until\":").instant(((Disposition.Released) disposition).notBefore());
        }
    }

    private void entries(List<Payload<LogEntry>> entries) {
        out.raw(",\"entries\":[");
        for (int i = 0; i < entries.size(); i++) {
            if (i > 0) {
                out.raw(",");
            }
            out.raw(entries.get(i).json());
        }
        out.raw("]");
    }

    private void moved(Fact.Moved moved) {
        TaskImage image = moved.image();
        kind("moved", image.sequence());
        out.raw(",\"at\":").instant(moved.at());
        queueing(image.how());
        out.raw(",\"as\":\"").raw(image.status().name()).raw("\"");
        out.raw(",\"try\":").number(image.attempts());
        out.raw(",\"round\":").number(image.round());
        out.raw(",\"ready\":").instant(image.readyAt());
        if (image.cancelRequested()) {
            out.raw(",\"asked\":true");
        }
        out.raw(",\"l\":").number(image.lease());
        instant("leased", image.leasedAt());
        instant("settled", image.settledAt());
        if (moved.last() != null) {
            out.raw(",\"last\":").raw(moved.last().json());
        }
        out.raw(",\"task\":").raw(moved.submission().json());
    }

    private void progress(Progress progress) {
        out.raw(",\"id\":").text(progress.taskId());
        out.raw(",\"epoch\":").number(progress.fence().epoch());
        out.raw(",\"l\":").number(progress.fence().number());
        out.raw(",\"fraction\":").number(Math.round(progress.fraction() * FactReader.FRACTIONS));
        out.raw(",\"at\":").instant(progress.at());
        out.raw(",\"message\":").text(progress.message());
    }

    private void changes(List<Change> changes) {
        out.raw(",\"changes\":[");
        for (int i = 0; i < changes.size(); i++) {
            out.raw(i == 0 ? "{\"key\":" : ",{\"key\":").text(changes.get(i).key());
            changes.get(i)
                    .value()
                    .ifPresent(value -> out.raw(",\"value\":\"")
                            .raw(Base64.getEncoder().encode(value))
                            .raw("\""));
            out.raw("}");
        }
        out.raw("]");
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            out.raw(",\"").raw(name).raw("\":").text(value);
        }
    }

    private void instant(String name, @Nullable Instant value) {
        if (value != null) {
            out.raw(",\"").raw(name).raw("\":").instant(value);
        }
    }
}
