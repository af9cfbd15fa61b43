package io.victorhub.store.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 50_000})
    void neverDeniesWhatWasAdded(int entries) {
        Filter filter = filled(entries);
        SplittableRandom random = new SplittableRandom(1);

        for (int i = 0; i < entries; i++) {
            assertThat(filter.mayHave(random.nextLong())).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 2", "100000, 2", "2000000, 5"})
    void letsFewOthersPass(int entries, int mostOfAThousand) {
        Filter filter = filled(entries);
        SplittableRandom others = new SplittableRandom(2);

        int passed = 0;
        for (int i = 0; i < 1_000_000; i++) {
            passed += filter.mayHave(others.nextLong()) ? 1 : 0;
        }

        assertThat(passed).isLessThan(mostOfAThousand * 1_000);
        assertThat(filter.bytes()).isLessThanOrEqualTo(entries * 2L + 64);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 200_000})
    void isTheSameWhenItIsReadBack(int entries) {
        Filter filter = filled(entries);
        Filter read = new Filter(filter.blocks());
        long bytes = 0;
        for (int page = 0; page < filter.pages(); page++) {
            assertThat(filter.page(page)).hasSize(filter.pageBytes(page));
            read.setPage(page, filter.page(page));
            bytes += filter.pageBytes(page);
        }

        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < entries; i++) {
            assertThat(read.mayHave(random.nextLong())).isTrue();
        }
        assertThat(bytes).isEqualTo(filter.bytes());
    }

    private static Filter filled(int entries) {
        Filter filter = Filter.forEntries(entries);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < entries; i++) {
            filter.add(random.nextLong());
        }
        return filter;
    }
}
