package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskTest {

    private static final Instant DEADLINE = Instant.parse("2026-01-05T09:00:00Z");

    @Test
    void hasDefaultsForAllButItsType() {
        Task task = Task.of("text.summarize").build();

        assertThat(task.type()).isEqualTo("text.summarize");
        assertThat(task.id()).hasSize(36);
        assertThat(task.description()).isEmpty();
        assertThat(task.inputs()).isEmpty();
        assertThat(task.priority()).isEqualTo(5);
        assertThat(task.deadline()).isEmpty();
        assertThat(task.context()).isEmpty();
    }

    @Test
    void getsAnotherIdEachTimeNoneIsGiven() {
        Task.Builder builder = Task.of("t");

        assertThat(builder.build().id()).isNotEqualTo(builder.build().id());
    }

    @Test
    void keepsWhatItWasBuiltFrom() {
        Task task = whole().build();

        assertThat(task.id()).isEqualTo("t-1");
        assertThat(task.description()).isEqualTo("Ten posts");
        assertThat(task.inputs()).containsExactlyEntriesOf(Map.of("count", 10L));
        assertThat(task.priority()).isEqualTo(7);
        assertThat(task.deadline()).contains(DEADLINE);
        assertThat(task.context()).containsExactlyEntriesOf(Map.of("ticket", "V-1"));
        assertThat(task).hasToString("Task[id=t-1, type=content_generation, priority=7]");
    }

    @Test
    void isNotChangedByWhatItWasBuiltFrom() {
        Map<String, Object> inputs = new HashMap<>(Map.of("count", 10));
        Task.Builder builder = Task.of("t").id("t-1").inputs(inputs);
        Task task = builder.build();

        inputs.put("count", 11);
        builder.input("more", true);

        assertThat(task.inputs()).containsExactlyEntriesOf(Map.of("count", 10L));
    }

    @Test
    void differsIfAnyComponentDiffers() {
        Task task = whole().build();

        assertThat(task).isEqualTo(whole().build()).hasSameHashCodeAs(whole().build());
        assertThat(List.of(
                        whole().id("t-2").build(),
                        whole().description("").build(),
                        whole().input("count", 11).build(),
                        whole().priority(6).build(),
                        whole().deadline(null).build(),
                        whole().context(Map.of()).build(),
                        Task.of("other").id("t-1").build()))
                .doesNotContain(task);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 11, 12, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesAPriorityOutOfRange(int priority) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().priority(priority).build())
                .withMessage("task t-1 has priority " + priority + "; it must be 0..10");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void takesTheEndsOfTheRangeOfPriorities(int priority) {
        assertThat(whole().priority(priority).build().priority()).isEqualTo(priority);
    }

    @Test
    void refusesATypeThatIsNoName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Task.of("Text Summary"))
                .withMessage("task type 'Text Summary' must be 1 to 100 of a-z, 0-9, '.', '_' and '-', and begin with a"
                        + " letter or a digit");
    }

    @Test
    void refusesAnIdThatCannotBePrinted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Task.of("t").id("t\n1").build())
                .withMessage("task id 't<U+000A>1' has the unprintable character U+000A; remove it");
    }

    @Test
    void namesTheInputThatIsNoJson() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().input("when", DEADLINE).build())
                .withMessage("task t-1: inputs.when is a java.time.Instant; JSON knows text, numbers, true and false,"
                        + " null, lists and maps");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        whole().context(Map.of("a", Map.of("b", Double.NaN))).build())
                .withMessage("task t-1: context.a.b is NaN; JSON has finite numbers only");
    }

    @Test
    void namesTheDescriptionIfItIsNoWholeText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().description("Ten\uD83C").build())
                .withMessage("task t-1: description has half of a surrogate pair at index 3; it is no whole character");
    }

    @Test
    void refusesNullWhereItCannotBe() {
        assertThatNullPointerException().isThrownBy(() -> Task.of(null)).withMessage("task type");
        assertThatNullPointerException().isThrownBy(() -> Task.of("t").id(null)).withMessage("id");
        assertThatNullPointerException()
                .isThrownBy(() -> Task.of("t").description(null))
                .withMessage("description");
        assertThatNullPointerException()
                .isThrownBy(() -> Task.of("t").input(null, 1))
                .withMessage("name");
    }

    private static Task.Builder whole() {
        return Task.of("content_generation")
                .id("t-1")
                .description("Ten posts")
                .input("count", 10)
                .priority(7)
                .deadline(DEADLINE)
                .context(Map.of("ticket", "V-1"));
    }
}
