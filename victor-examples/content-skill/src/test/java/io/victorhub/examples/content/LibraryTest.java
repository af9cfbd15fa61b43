package io.victorhub.examples.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The words in the jar keep to what the grammar asks of them. */
class LibraryTest {

    private static final Library LIBRARY = new Library();

    /** What {@link PostWriter} and {@link Aspect} put into a template. */
    private static final Set<String> FACTS = Set.of(
            "topic",
            "count",
            "first",
            "second",
            "last",
            "people",
            "goal",
            "scene",
            "number",
            "aspect",
            "question",
            "why",
            "tip",
            "trap",
            "measure",
            "case");

    @ParameterizedTest
    @MethodSource("styles")
    void everySlotIsARuleOrAFact(String style) {
        Grammar grammar = LIBRARY.grammar(style).orElseThrow();

        assertThat(slots(grammar))
                .isNotEmpty()
                .allSatisfy(slot -> assertThat(
                                slot.fresh()
                                        ? grammar.has(slot.name())
                                        : FACTS.contains(slot.name()) || grammar.has(slot.name()))
                        .as(slot.name())
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("styles")
    void everyFrameHasItsRules(String style) {
        Grammar grammar = LIBRARY.grammar(style).orElseThrow();

        for (Frame frame : Frame.values()) {
            assertThat(List.of("title", "intro", "heading", "section"))
                    .allSatisfy(part ->
                            assertThat(grammar.alternatives(frame.rule(part))).isNotEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyAspectHasEnoughOfEachKindOfFact(Topic topic) {
        assertThat(topic.aspects()).hasSizeGreaterThanOrEqualTo(8).allSatisfy(aspect -> {
            assertThat(aspect.facts())
                    .containsOnlyKeys(
                            aspect.plural() ? "aspects" : "aspect",
                            "question",
                            "why",
                            "tip",
                            "trap",
                            "measure",
                            "case");
            assertThat(aspect.facts().get("tip")).hasSize(5);
            assertThat(aspect.facts().get("why")).hasSizeGreaterThanOrEqualTo(3);
            assertThat(aspect.facts().get("trap")).hasSize(2);
        });
    }

    @ParameterizedTest
    @MethodSource("topics")
    void noFactIsSaidTwiceInATopicOrEndsWithAFullStop(Topic topic) {
        List<String> facts = new ArrayList<>();
        topic.aspects().forEach(aspect -> aspect.facts().values().forEach(facts::addAll));

        assertThat(facts).doesNotHaveDuplicates().noneMatch(fact -> fact.endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void trapsBeginWithAnIngForm(Topic topic) {
        assertThat(topic.aspects())
                .flatExtracting(aspect -> aspect.facts().get("trap"))
                .allSatisfy(trap -> assertThat(trap).containsPattern("^\\w+ing\\b"));
    }

    @ParameterizedTest
    @CsvSource({"ai, AI", "Artificial Intelligence, Artificial Intelligence", "GARDENING, gardening", "chess, chess"})
    void namesATopicAsItIsAskedFor(String wanted, String name) {
        assertThat(LIBRARY.topic(wanted).name()).isEqualTo(name);
    }

    @Test
    void knowsATopicByItsAlias() {
        assertThat(LIBRARY.topic("machine learning").aspects())
                .isEqualTo(LIBRARY.topic("AI").aspects());
    }

    @ParameterizedTest
    @CsvSource({
        "honest, an honest",
        "useful, a useful",
        "idea, an idea",
        "AI, an AI",
        "one-off, a one-off",
        "car, a car"
    })
    void choosesTheArticleByTheSound(String words, String withArticle) {
        assertThat(Form.A.apply(words)).isEqualTo(withArticle);
    }

    @Test
    void saysWhereATemplateCannotBeRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Template.parse("see {this"))
                .withMessage("template 'see {this' cannot be read from '{this' on;"
                        + " write {name}, {+name}, {name|cap} or <is|are>");
    }

    @Test
    void saysWhichRuleIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Grammar(Map.of()).alternatives("hook"))
                .withMessageStartingWith("'hook' is neither a rule of the grammar nor a fact");
    }

    static List<String> styles() {
        return LIBRARY.styles();
    }

    static Stream<Topic> topics() {
        return Stream.concat(LIBRARY.topics().stream(), Stream.of(LIBRARY.topic("chess")));
    }

    private static List<Template.Slot> slots(Grammar grammar) {
        return grammar.rules().values().stream()
                .flatMap(List::stream)
                .flatMap(template -> template.parts().stream())
                .filter(Template.Slot.class::isInstance)
                .map(Template.Slot.class::cast)
                .toList();
    }
}
