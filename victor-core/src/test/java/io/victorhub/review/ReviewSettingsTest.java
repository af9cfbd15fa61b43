package io.victorhub.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReviewSettingsTest {

    @Test
    void beginsWithTheSeedsThresholds() {
        assertThat(ReviewSettings.DEFAULT.overallLow()).isEqualTo(.8);
        assertThat(ReviewSettings.DEFAULT.skillLow()).isEqualTo(.7);
        assertThat(ReviewSettings.DEFAULT.skillExcellent()).isEqualTo(.95);
        assertThat(ReviewSettings.DEFAULT.minimumResults()).isEqualTo(20);
        assertThat(ReviewSettings.DEFAULT.confidence()).isEqualTo(.95);
        assertThat(ReviewSettings.DEFAULT.zone()).isEqualTo(ZoneOffset.UTC);
    }

    @ParameterizedTest
    @MethodSource
    void saysWhatIsOutOfRange(UnaryOperator<ReviewSettings.Builder> wrong, String message) {
        ReviewSettings.Builder builder = wrong.apply(ReviewSettings.builder());

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> saysWhatIsOutOfRange() {
        return Stream.of(
                wrong(b -> b.overallLow(80), "overallLow is 80.0; it must be 0..1"),
                wrong(b -> b.skillLow(-.1), "skillLow is -0.1; it must be 0..1"),
                wrong(b -> b.skillExcellent(Double.NaN), "skillExcellent is NaN; it must be 0..1"),
                wrong(
                        b -> b.skillLow(.99),
                        "skillLow is 0.99 and skillExcellent is 0.95; the first must not exceed the second"),
                wrong(b -> b.minimumResults(1), "minimumResults is 1; it must be 2 or more"),
                wrong(b -> b.confidence(95), "confidence is 95.0; it must be 0.5 or more and below 1, such as 0.95"));
    }

    private static Arguments wrong(UnaryOperator<ReviewSettings.Builder> change, String message) {
        return Arguments.of(change, message);
    }
}
