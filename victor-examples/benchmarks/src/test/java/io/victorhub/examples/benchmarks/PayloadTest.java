package io.victorhub.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PayloadTest {

    @Test
    void isTwoHundredBytesOfJsonWithItsNumber() {
        assertThat(Payload.json(0)).hasSize(Payload.BYTES);
        assertThat(Payload.json(9_999_999)).hasSize(Payload.BYTES);
        assertThat(Payload.check(Payload.json(4711))).isEqualTo(4711);
    }

    @Test
    void isTheSameAsMap() {
        var map = Payload.map(4711);

        assertThat(Payload.check((long) map.get(Payload.NUMBER), (String) map.get(Payload.TEXT)))
                .isEqualTo(4711);
        assertThat(Payload.json(4711)).contains("\"" + map.get(Payload.TEXT) + "\"", ":" + map.get(Payload.NUMBER));
    }

    @Test
    void isRefusedIfOneCharacterIsAnother() {
        String broken = Payload.json(1).replace("quick", "quirk");

        assertThatThrownBy(() -> Payload.check(broken)).hasMessageContaining("did not arrive whole");
    }
}
