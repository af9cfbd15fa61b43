package io.victorhub.scheduling.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> KNOWN =
            List.of("id", "type", "description", "inputs", "priority", "deadline", "context");

    @ParameterizedTest
    @CsvSource({
        "prioritty, priority",
        "Priority, priority",
        "piroirty, priority",
        "input, inputs",
        "dead_line, deadline",
        "desc ription, description",
        "tpye, type",
        "ID, id",
        "ids, id"
    })
    void findsWhatWasMeant(String written, String meant) {
        assertThat(NearestName.of(written, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"owner", "x", "''", "retries", "this_is_a_very_long_name_that_nobody_can_mean_by_accident"})
    void findsNothingWhereNothingIsNear(String written) {
        assertThat(NearestName.of(written, KNOWN)).isEmpty();
    }

    @Test
    void countsASwapOfNeighboursAsOneSlip() {
        assertThat(NearestName.distance("tpye", "type")).isEqualTo(1);
        assertThat(NearestName.distance("", "type")).isEqualTo(4);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
    }
}
