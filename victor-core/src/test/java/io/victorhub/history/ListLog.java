package io.victorhub.history;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.store.ExecutionLog;
import io.victorhub.spi.store.LogPage;
import io.victorhub.spi.store.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A log in a list, which gives pages that are shorter than it could, as any store may. */
public final class ListLog implements ExecutionLog {

    private final List<LogEntry> entries = new ArrayList<>();
    private final int longestPage;
    private int reads;

    public ListLog(int longestPage) {
        this.longestPage = longestPage;
    }

    public static ListLog of(Collection<? extends LogEntry> entries) {
        ListLog log = new ListLog(3);
        log.entries.addAll(entries);
        return log;
    }

    public int reads() {
        return reads;
    }

    @Override
    public void append(Collection<LogEntry> more) {
        entries.addAll(more);
    }

    @Override
    public LogPage read(Position after, int max) {
        reads++;
        int from = after.text().isEmpty() ? 0 : Integer.parseInt(after.text());
        List<LogPage.Logged> page = new ArrayList<>();
        for (int i = from; i < entries.size() && page.size() < Math.min(max, longestPage); i++) {
            page.add(new LogPage.Logged(new Position(Integer.toString(i + 1)), entries.get(i)));
        }
        return new LogPage(
                page, page.isEmpty() ? after : page.get(page.size() - 1).position());
    }

    @Override
    public void forget(Position before) {
        throw new UnsupportedOperationException();
    }
}
