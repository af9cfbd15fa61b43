package io.victorhub.spi.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.victorhub.spi.meter.Meter.Kind;
import org.junit.jupiter.api.Test;

class MetersTest {

    @Test
    void keepsNothingWhereNobodyMeasures() {
        Meters none = Meters.none();

        none.counter(VictorMeters.STORE_LEASES).add(1);
        none.timer(VictorMeters.JOURNAL_FORCE).record(1);
        none.gauge(VictorMeters.TYPES_WAITING, () -> {
                    throw new AssertionError("nobody asks");
                })
                .close();

        assertThat(Meters.none()).isSameAs(none);
    }

    @Test
    void namesAllMetersAlike() {
        assertThat(VictorMeters.ALL)
                .allSatisfy(meter -> {
                    assertThat(meter.name()).matches("victor(\\.[a-z]+)+");
                    assertThat(meter.about()).endsWith(".");
                    assertThat(meter.unit()).isEqualTo(meter.kind() == Kind.TIMER ? "nanoseconds" : meter.unit());
                })
                .extracting(Meter::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesAUseAsSomethingElse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VictorMeters.STORE_LEASES.require(Kind.GAUGE))
                .withMessage("meter victor.store.leases is a COUNTER and cannot be used as a GAUGE");
    }
}
