package io.victorhub.store.known;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is looked through, from the oldest to the newest. Does not change, but for the last table. */
final class View {

    /** Nothing. */
    static final View EMPTY = new View(new Table[0], new Run[0]);

    private final Table[] tables;
    private final Run[] runs;

    private View(Table[] tables, Run[] runs) {
        this.tables = tables;
        this.runs = runs;
    }

    static View of(Run[] runs) {
        return new View(EMPTY.tables, runs);
    }

    Table[] tables() {
        return tables;
    }

    Run[] runs() {
        return runs;
    }

    /** {@return what has this hash; null if a run was replaced meanwhile and a newer view is to be asked} */
    @Nullable Candidates find(long hash, long floor) {
        Candidates found = Candidates.NONE;
        for (Table table : tables) {
            found = table.find(hash, found);
        }
        for (Run run : runs) {
            if (run.mayHave(hash, floor)) {
                if (!run.enter()) {
                    return null;
                }
                try {
                    found = run.find(hash, found);
                } finally {
                    run.leave();
                }
            }
        }
        return found;
    }

    View with(Table table) {
        Table[] more = Arrays.copyOf(tables, tables.length + 1);
        more[tables.length] = table;
        return new View(more, runs);
    }

    /** {@return one in which the first {@code count} tables have become a run} */
    View written(int count, Run run) {
        Run[] more = Arrays.copyOf(runs, runs.length + 1);
        more[runs.length] = run;
        return new View(Arrays.copyOfRange(tables, count, tables.length), more);
    }

    /** {@return one in which some runs have become one} */
    View merged(MergePlan plan, Run run) {
        List<Run> fewer = new ArrayList<>(Arrays.asList(runs));
        fewer.subList(plan.start(), plan.end()).clear();
        fewer.add(plan.start(), run);
        return new View(tables, fewer.toArray(Run[]::new));
    }

    /** {@return how many tables take no more and are to be written} All but the last, or all. */
    int waiting() {
        int last = tables.length - 1;
        return last < 0 || tables[last].isSealed() ? tables.length : last;
    }

    /** {@return the number of the newest run} */
    long lastNumber() {
        return runs.length == 0 ? 0 : runs[runs.length - 1].header().last();
    }

    long covered() {
        return runs.length == 0 ? 0 : runs[runs.length - 1].header().to();
    }

    /** {@return what will be covered when all tables are written} All of them are sealed. */
    long sealedTo() {
        return tables.length == 0 ? covered() : tables[tables.length - 1].to();
    }

    boolean damaged() {
        return Arrays.stream(runs).anyMatch(Run::isDamaged);
    }

    long entries() {
        return Arrays.stream(runs).mapToLong(run -> run.header().entries()).sum()
                + Arrays.stream(tables).mapToLong(Table::count).sum();
    }

    long heapBytes() {
        return Arrays.stream(runs).mapToLong(Run::heapBytes).sum()
                + Arrays.stream(tables).mapToLong(Table::heapBytes).sum();
    }
}
