package io.victorhub.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.spi.SkillRef;
import io.victorhub.spi.Task;
import io.victorhub.testing.SettableClock;
import java.time.ZoneId;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {

    @ParameterizedTest
    @ValueSource(doubles = {-.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aPropensityIsAProbability(double propensity) {
        assertThatThrownBy(() -> new Selection(new SkillRef("a", "1"), OptionalDouble.of(propensity), "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("propensity of skill a 1 is " + propensity + "; it must be 0..1");
    }

    @Test
    void featuresCountHoursAndDaysInTheZoneGiven() {
        Task task = Task.of("t").input("a", 1).input("b", 2).priority(7).build();

        TaskFeatures features = TaskFeatures.of(task, false, SettableClock.START, ZoneId.of("Pacific/Auckland"));

        assertThat(features).isEqualTo(new TaskFeatures("t", 7, 2, 22, 1, false));
        assertThat(features.toMap())
                .containsEntry("priority", 7L)
                .containsEntry("inputs", 2L)
                .containsEntry("hour", 22L)
                .containsEntry("weekday", 1L);
    }
}
