package io.victorhub.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Small state: values under keys, and changes to them. */
class StateValuesTest {

    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    @Test
    void aChangeKeepsACopyOfItsBytes() {
        byte[] bytes = ABC.clone();
        Change put = Change.put("k", 0, bytes);

        bytes[0] = 'x';
        put.value().orElseThrow()[1] = 'x';

        assertThat(put.value()).hasValueSatisfying(value -> assertThat(value).isEqualTo(ABC));
        assertThat(Change.delete("k", 1).value()).isEmpty();
    }

    @Test
    void changesAreEqualIfKeyVersionAndBytesAre() {
        assertThat(Change.put("k", 1, ABC))
                .isEqualTo(Change.put("k", 1, ABC.clone()))
                .hasSameHashCodeAs(Change.put("k", 1, ABC.clone()))
                .isNotEqualTo(Change.put("l", 1, ABC))
                .isNotEqualTo(Change.put("k", 2, ABC))
                .isNotEqualTo(Change.put("k", 1, new byte[0]))
                .isNotEqualTo(Change.delete("k", 1));
        assertThat(Change.put("k", 1, new byte[0])).isNotEqualTo(Change.delete("k", 1));
    }

    @Test
    void aChangePrintsWithoutItsBytes() {
        assertThat(Change.put("k", 1, ABC)).hasToString("Put[k, expected=1]");
        assertThat(Change.delete("k", 2)).hasToString("Delete[k, expected=2]");
    }

    @Test
    void aChangeIsWithinItsLimits() {
        assertThat(Change.put("k".repeat(500), 0, new byte[1 << 20]).key()).hasSize(500);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Change.delete("", 0))
                .withMessage("a key of 0 characters; it must have 1 to 500");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Change.delete("k".repeat(501), 0))
                .withMessage("a key of 501 characters; it must have 1 to 500");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Change.delete("k", -1))
                .withMessage("key k expects version -1; it must be 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Change.put("k", 0, new byte[(1 << 20) + 1]))
                .withMessage("the value of key k has 1048577 bytes; chunk what is larger than 1048576");
    }

    @Test
    void aVersionedValueKeepsACopyOfItsBytes() {
        byte[] bytes = ABC.clone();
        Versioned versioned = new Versioned("k", bytes, 1);

        bytes[0] = 'x';
        versioned.value()[1] = 'x';

        assertThat(versioned.value()).isEqualTo(ABC);
        assertThat(versioned).hasToString("Versioned[k, version=1, bytes=3]");
    }

    @Test
    void versionedValuesAreEqualIfKeyVersionAndBytesAre() {
        assertThat(new Versioned("k", ABC, 1))
                .isEqualTo(new Versioned("k", ABC.clone(), 1))
                .hasSameHashCodeAs(new Versioned("k", ABC.clone(), 1))
                .isNotEqualTo(new Versioned("l", ABC, 1))
                .isNotEqualTo(new Versioned("k", ABC, 2))
                .isNotEqualTo(new Versioned("k", new byte[0], 1));
    }

    @Test
    void versionsCountFromOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Versioned("k", ABC, 0))
                .withMessage("key k has version 0; versions count from 1");
    }
}
