package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkillDescriptorTest {

    private static final Parameter FILE = Parameter.required("file", ValueType.TEXT, "path of the text");

    @Test
    void hasCarefulDefaults() {
        SkillDescriptor descriptor =
                SkillDescriptor.of("summarizer").capability("text.summarize").build();

        assertThat(descriptor.ref()).hasToString("summarizer 1.0.0");
        assertThat(descriptor.description()).isEmpty();
        assertThat(descriptor.source()).isEmpty();
        assertThat(descriptor.capabilities()).containsExactly("text.summarize");
        assertThat(descriptor.inputs()).isEmpty();
        assertThat(descriptor.outputs()).isEmpty();
        assertThat(descriptor.deterministic()).isFalse();
        assertThat(descriptor.effects()).isEqualTo(SkillDescriptor.Effects.EXTERNAL);
        assertThat(descriptor.costHint()).isZero();
        assertThat(descriptor.timeout()).isEmpty();
        assertThat(descriptor).hasToString("SkillDescriptor[summarizer 1.0.0, capabilities=[text.summarize]]");
    }

    @Test
    void keepsCapabilitiesInTheOrderGivenAndEachOnce() {
        SkillDescriptor descriptor = SkillDescriptor.of("s")
                .capability("c")
                .capability("a")
                .capability("c")
                .capability("b")
                .build();

        assertThat(descriptor.capabilities()).containsExactly("c", "a", "b");
    }

    @Test
    void cannotBeChanged() {
        SkillDescriptor.Builder builder = whole();
        SkillDescriptor descriptor = builder.build();

        builder.capability("more").input(Parameter.optional("more", ValueType.ANY, ""));

        assertThat(descriptor).isEqualTo(whole().build());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> descriptor.capabilities().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> descriptor.inputs().clear());
    }

    @Test
    void differsIfAnyComponentDiffers() {
        SkillDescriptor descriptor = whole().build();

        assertThat(descriptor).hasSameHashCodeAs(whole().build());
        assertThat(List.of(
                        SkillDescriptor.of("other").capability("t").build(),
                        whole().version("2").build(),
                        whole().description("").build(),
                        whole().source("").build(),
                        whole().capability("u").build(),
                        whole().input(Parameter.required("b", ValueType.ANY, ""))
                                .build(),
                        whole().output(Parameter.required("b", ValueType.ANY, ""))
                                .build(),
                        whole().deterministic(false).build(),
                        whole().effects(SkillDescriptor.Effects.IDEMPOTENT).build(),
                        whole().costHint(3).build(),
                        whole().timeout(Duration.ofSeconds(2)).build()))
                .doesNotContain(descriptor);
    }

    @Test
    void refusesASkillThatServesNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SkillDescriptor.of("s").build())
                .withMessage("skill s: it has no capability; name at least one task type with capability(…)");
    }

    @Test
    void namesTheSkillWhoseComponentIsMalformed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SkillDescriptor.of("Summarizer"))
                .withMessageStartingWith("skill name 'Summarizer' must be 1 to 100 of");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().capability("Text").build())
                .withMessageStartingWith("skill s: capability 'Text' must be 1 to 100 of");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().version("").build())
                .withMessage("skill s: version '' has 0 characters; it must have 1 to 200");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().timeout(Duration.ZERO).build())
                .withMessage("skill s: timeout is PT0S; it must be more than nothing");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesACostHintOutOfRange(double cost) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().costHint(cost).build())
                .withMessage("skill s: cost hint is " + cost + "; it must be a finite number, 0 or more");
    }

    @Test
    void refusesAParameterThatIsDeclaredTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().input(FILE).build())
                .withMessage("skill s: input 'file' is declared twice; keep one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().output(FILE).output(FILE).build())
                .withMessage("skill s: output 'file' is declared twice; keep one");
    }

    @Test
    void aParameterMustHaveAPrintableName() {
        assertThat(FILE.required()).isTrue();
        assertThat(Parameter.optional("file", ValueType.TEXT, "").required()).isFalse();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameter.required("", ValueType.TEXT, ""))
                .withMessage("parameter '' has 0 characters; it must have 1 to 200");
    }

    @Test
    void aReferenceNamesSkillAndVersion() {
        assertThat(new SkillRef("s", "1.2")).hasToString("s 1.2");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SkillRef("S", "1"))
                .withMessageStartingWith("skill 'S' must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SkillRef("s", "1\n"))
                .withMessage("version of skill s '1<U+000A>' has the unprintable character U+000A; remove it");
    }

    private static SkillDescriptor.Builder whole() {
        return SkillDescriptor.of("s")
                .version("1.2")
                .description("does it")
                .source("https://example.org/s")
                .capability("t")
                .input(FILE)
                .output(Parameter.optional("summary", ValueType.TEXT, "short"))
                .deterministic(true)
                .effects(SkillDescriptor.Effects.NONE)
                .costHint(2)
                .timeout(Duration.ofSeconds(1));
    }
}
