package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetailsTest {

    private static final Artifact POST = new Artifact("post.md", "text/markdown", 3, "sha256:" + "0".repeat(64));

    @Test
    void collectsWhatThereIsToSay() {
        Details details = Details.builder()
                .cost(.25)
                .quality(.5)
                .metadata("model", "grammar")
                .metadata("words", 300)
                .artifact(POST)
                .build();

        assertThat(details.cost()).isEqualTo(.25);
        assertThat(details.quality()).hasValue(.5);
        assertThat(details.metadata()).containsExactly(Map.entry("model", "grammar"), Map.entry("words", 300L));
        assertThat(details.artifacts()).containsExactly(POST);
    }

    @Test
    void isNoneWhereNothingIsSaid() {
        assertThat(Details.builder().build()).isEqualTo(Details.NONE);
        assertThat(Details.builder().cost(-0.0).build()).isEqualTo(Details.NONE);
    }

    @Test
    void cannotBeChanged() {
        List<Artifact> artifacts = new ArrayList<>(List.of(POST));
        Details details = new Details(0, OptionalDouble.empty(), Map.of("a", 1), artifacts);

        artifacts.clear();

        assertThat(details.artifacts()).containsExactly(POST);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> details.metadata().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> details.artifacts().clear());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-.01, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesACostOutOfRange(double cost) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Details.builder().cost(cost).build())
                .withMessage("cost is " + cost + "; it must be a finite number, 0 or more");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-.01, 1.01, Double.NaN})
    void refusesAQualityOutOfRange(double quality) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Details.builder().quality(quality).build())
                .withMessage("quality is " + quality + "; it must be 0..1");
    }

    @Test
    void namesTheMetadataThatIsNoJson() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Details.builder().metadata("took", 'x').build())
                .withMessageStartingWith("metadata.took is a java.lang.Character;");
    }
}
