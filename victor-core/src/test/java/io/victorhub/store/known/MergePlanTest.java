package io.victorhub.store.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergePlanTest {

    private static final int UNIT = 100;
    private static final long HIGHEST = 50;

    private final RunFolder folder = new RunFolder(Path.of("nowhere"), Disk.REAL);

    @Test
    void leavesRunsAloneThatHalve() {
        assertThat(plan()).isNull();
        assertThat(plan(100)).isNull();
        assertThat(plan(1_000, 400, 200, 100)).isNull();
    }

    @Test
    void mergesARunOnceTheNewerOnesHoldAsMuch() {
        assertThat(plan(100, 100)).isEqualTo(new MergePlan(0, 2));
        assertThat(plan(1_000, 200, 100, 100)).isEqualTo(new MergePlan(1, 4));
        assertThat(plan(300, 100, 100, 100)).isEqualTo(new MergePlan(0, 4));
    }

    @Test
    void takesSmallRunsForOnesOfTheSizeOfATable() {
        assertThat(plan(10, 1)).isEqualTo(new MergePlan(0, 2));
        assertThat(plan(1_000, 10, 0)).isEqualTo(new MergePlan(1, 3));
    }

    @Test
    void emptiesARunOfWhichAllIsDropped() {
        assertThat(MergePlan.of(runs(1_000, 400), HIGHEST + 1, UNIT)).isEqualTo(new MergePlan(0, 1));
    }

    @Test
    void doesNotWriteLargeRunsAgainForAnEmptyOneBeforeThem() {
        assertThat(plan(0, 1_000, 200)).isNull();
        assertThat(plan(0, 0, 1_000, 200)).isEqualTo(new MergePlan(0, 2));
    }

    @Test
    void hasFewRunsHoweverManyEntriesThereAre() {
        List<Long> sizes = new ArrayList<>();
        int most = 0;
        long written = 0;
        for (int table = 0; table < 1_600; table++) { // 160 tables are 10 million entries
            sizes.add((long) UNIT);
            MergePlan plan = plan(sizes.stream().mapToLong(size -> size).toArray());
            if (plan != null) {
                List<Long> merged = sizes.subList(plan.start(), plan.end());
                long sum = merged.stream().mapToLong(size -> size).sum();
                merged.clear();
                sizes.add(sum);
                written += sum;
            }
            most = table < 160 ? Math.max(most, sizes.size()) : most;
        }

        assertThat(most).isLessThanOrEqualTo(8);
        assertThat(sizes).hasSizeLessThanOrEqualTo(11);
        assertThat(written / (1_600.0 * UNIT)).isLessThan(11);
    }

    private MergePlan plan(long... sizes) {
        return MergePlan.of(runs(sizes), 0, UNIT);
    }

    private Run[] runs(long... sizes) {
        return Arrays.stream(sizes).mapToObj(this::run).toArray(Run[]::new);
    }

    private Run run(long entries) {
        RunHeader header = new RunHeader(1, 1, 1, 0, 0, entries, 0, entries == 0 ? -1 : HIGHEST, 1, 0);
        return new Run(header, new RunFile(Path.of("nothing"), Disk.REAL), folder, new long[0], new Filter(1));
    }
}
