package io.victorhub.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SharedHistogramProperties {

    @Property(tries = 300)
    void tellsEachQuantileWithinOnePercent(
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 0) Long> numbers,
            @ForAll @DoubleRange(min = 0, max = 1) double q) {
        SharedHistogram histogram = new SharedHistogram();
        numbers.forEach(histogram::add);

        long[] sorted = numbers.stream().mapToLong(Long::longValue).sorted().toArray();
        double exact = sorted[(int) Math.floor(q * (sorted.length - 1))];
        assertThat(histogram.spread().quantile(q)).isCloseTo(exact, within(exact * .01));
        assertThat(histogram.spread().max()).isEqualTo(sorted[sorted.length - 1]);
        assertThat(histogram.spread().count()).isEqualTo(sorted.length);
    }

    @Property(tries = 300)
    void hasABucketForEachNumberThatBeginsAtItOrBelowAndIsNarrow(@ForAll @LongRange(min = 0) long number) {
        SharedHistogram histogram = new SharedHistogram();
        histogram.add(number);
        histogram.add(Long.MAX_VALUE); // so that the largest is not told instead

        double told = histogram.spread().quantile(0);

        assertThat(told).isCloseTo(number, within(Math.max(0, number * .01)));
    }

    @Test
    void knowsSmallNumbersExactly() {
        SharedHistogram histogram = new SharedHistogram();
        LongStream.range(0, 128).forEach(histogram::add);

        for (int i = 0; i < 128; i++) {
            assertThat(histogram.spread().quantile(i / 127.0)).isEqualTo(i);
        }
        assertThat(histogram.spread().sum()).isEqualTo(127 * 64);
    }

    @Test
    void countsWhatIsBelowNothingAsNothing() {
        SharedHistogram histogram = new SharedHistogram();

        histogram.add(-5);

        assertThat(histogram.spread().quantile(.5)).isZero();
        assertThat(histogram.spread().sum()).isZero();
    }

    @Test
    void losesNothingWhenManyAddAtOnce() throws InterruptedException {
        SharedHistogram histogram = new SharedHistogram();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int mine = i;
            threads.add(new Thread(() -> LongStream.range(0, 20_000).forEach(n -> histogram.add(n * 4 + mine))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(histogram.spread().count()).isEqualTo(80_000);
        assertThat(histogram.spread().sum())
                .isEqualTo(LongStream.range(0, 80_000).sum());
        assertThat(histogram.spread().max()).isEqualTo(79_999);
    }

    @Test
    void saysThatThereIsNothingToTell() {
        SharedHistogram.Spread nothing = new SharedHistogram().spread();

        assertThatThrownBy(() -> nothing.quantile(.5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> nothing.quantile(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.5");
    }
}
