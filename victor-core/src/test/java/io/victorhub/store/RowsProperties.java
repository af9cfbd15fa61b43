package io.victorhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Rows, the table of ids and heaps agree with sorted maps, whatever comes and goes in whatever order. */
class RowsProperties {

    private record Row(long hash, long rank) {}

    @Property(tries = 60)
    void agreesWithASortedMap(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int spread) {
        Random random = new Random(seed);
        Rows rows = new Rows();
        IdTable ids = new IdTable(rows);
        RankHeap heap = new RankHeap(rows, rows::rank);
        TreeMap<Long, Row> model = new TreeMap<>();
        long next = 1 + Math.floorMod(seed, 1L << 40);
        for (int step = 0; step < 4_000; step++) {
            if (random.nextInt(5) < (step < 2_500 ? 3 : 1)) {
                next += 1 + random.nextInt(spread);
                next += (int) next == 0 ? 1 : 0; // no task has such a number
                long hash = random.nextInt(300); // many ids of one hash
                long rank = random.nextInt(50);
                rows.put(next, hash, next * 7, rank, 3, step);
                ids.add(next);
                heap.add(next);
                model.put(next, new Row(hash, rank));
            } else if (!model.isEmpty()) {
                long gone = random.nextBoolean() && !heap.isEmpty() ? heap.first() : any(model, random);
                heap.remove(gone);
                ids.remove(gone);
                rows.remove(gone);
                model.remove(gone);
            }
            if (step % 97 == 0) {
                compare(rows, ids, heap, model);
            }
        }
        compare(rows, ids, heap, model);
    }

    /** A task of long ago that is written down anew has a number below all others. */
    @Property(tries = 20)
    void takesNumbersThatAreFarBelowTheFirst(@ForAll @IntRange(min = 1, max = 100_000) int below) {
        Rows rows = new Rows();
        rows.put(200_000, 1, 1, 1, 0, 0);

        rows.put(200_000 - below, 2, 2, 2, 0, 0);

        assertThat(rows.has(200_000)).isTrue();
        assertThat(rows.next(0)).isEqualTo(200_000L - below);
        assertThat(rows.next(200_000L - below + 1)).isEqualTo(200_000);
        assertThat(rows.whole((int) (200_000L - below))).isEqualTo(200_000L - below);
    }

    private static long any(TreeMap<Long, Row> model, Random random) {
        Long near = model.ceilingKey(model.firstKey() + random.nextInt((int) (model.lastKey() - model.firstKey() + 1)));
        return near == null ? model.firstKey() : near;
    }

    private static void compare(Rows rows, IdTable ids, RankHeap heap, TreeMap<Long, Row> model) {
        assertThat(rows.size()).isEqualTo(model.size());
        List<Long> found = new ArrayList<>();
        for (long at = rows.next(0); at >= 0; at = rows.next(at + 1)) {
            found.add(at);
        }
        assertThat(found).containsExactlyElementsOf(model.keySet());
        List<Long> visited = new ArrayList<>();
        for (long at = 0; at >= 0; ) {
            at = rows.forBlock(at, visited::add);
        }
        assertThat(visited).containsExactlyElementsOf(model.keySet());
        for (Map.Entry<Long, Row> entry : model.entrySet()) {
            long sequence = entry.getKey();
            assertThat(rows.hash(sequence)).isEqualTo(entry.getValue().hash());
            assertThat(rows.place(sequence)).isEqualTo(sequence * 7);
            assertThat(ids.find(entry.getValue().hash(), candidate -> candidate == sequence))
                    .isEqualTo(sequence);
        }
        assertThat(ids.find(1_000, candidate -> true)).isEqualTo(-1);
        model.entrySet().stream()
                .min(Map.Entry.<Long, Row>comparingByValue((a, b) -> Long.compare(a.rank(), b.rank()))
                        .thenComparing(Map.Entry.comparingByKey()))
                .ifPresentOrElse(
                        first -> assertThat(heap.first()).isEqualTo(first.getKey()),
                        () -> assertThat(heap.isEmpty()).isTrue());
    }
}
