package io.victorhub.examples.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that is measured once in each round, in a process of its own for each of its phases. All phases of a round
 * share a folder, which no other contestant and no other round has.
 */
public final class Contestant {

    /** One phase; runs in the child. */
    public interface Phase {
        /** Measures, and reports to {@code run}. */
        void run(Run run) throws Exception;
    }

    private final String section;
    private final String name;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Phase> phases = new LinkedHashMap<>();
    private final List<String> javaOptions = new ArrayList<>(List.of("-Xms1g", "-Xmx2g"));
    private boolean postgres;
    private boolean onDemand;

    private Contestant(String section, String name) {
        this.section = section;
        this.name = name;
    }

    /** {@return a contestant of a section of the table; a name is unique within its section} */
    public static Contestant of(String section, String name) {
        return new Contestant(section, name);
    }

    /** Adds the row of what is reported under the empty name. */
    public Contestant row(String label, Unit unit) {
        rows.add(new Row(name(), label, unit));
        return this;
    }

    /** Adds the row of what is reported under {@code what}. */
    public Contestant row(String what, String label, Unit unit) {
        rows.add(new Row(name() + "." + what, label, unit));
        return this;
    }

    /** Makes it the contestant's only phase, or its last one. */
    public Contestant measure(Phase phase) {
        return phase("measure", phase);
    }

    /** Adds a phase behind those that it has. */
    public Contestant phase(String phaseName, Phase phase) {
        phases.put(phaseName, phase);
        return this;
    }

    /** It needs a PostgreSQL database, and gets an empty one in each round. */
    public Contestant onPostgres() {
        postgres = true;
        return this;
    }

    /** It runs only where {@code --only} names it. */
    public Contestant onDemand() {
        onDemand = true;
        return this;
    }

    /** Its processes get these options instead of the usual ones. */
    public Contestant java(String... options) {
        javaOptions.clear();
        javaOptions.addAll(List.of(options));
        return this;
    }

    /** {@return section and name} */
    public String name() {
        return section + "/" + name;
    }

    /** {@return the section of the table that it belongs to} */
    public String section() {
        return section;
    }

    /** {@return its rows of the table} */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** {@return the names of its phases, in order} */
    public Set<String> phases() {
        return phases.keySet();
    }

    /** Runs a phase in this process. */
    public void run(String phase, Run run) throws Exception {
        Phase found = phases.get(phase);
        if (found == null) {
            throw new IllegalArgumentException(name() + " has no phase " + phase);
        }
        found.run(run);
    }

    /** {@return the options of its processes} */
    public List<String> javaOptions() {
        return List.copyOf(javaOptions);
    }

    /** {@return whether it needs a PostgreSQL database} */
    public boolean needsPostgres() {
        return postgres;
    }

    /**
     * {@return whether it shall run}
     *
     * @param only beginnings of names, with or without the section; none for all but those on demand
     */
    public boolean isWanted(List<String> only) {
        return only.isEmpty() ? !onDemand : only.stream().anyMatch(this::isMeantBy);
    }

    private boolean isMeantBy(String wanted) {
        return onDemand
                ? name.equals(wanted) || name().equals(wanted)
                : name.startsWith(wanted) || name().startsWith(wanted);
    }
}
