package io.victorhub.examples.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any batch, whatever its topic, style and seed. */
class PostWriterProperties {

    private static final Library LIBRARY = new Library();

    @Property(tries = 60)
    void everyPostIsWellFormed(@ForAll("topics") String topic, @ForAll("styles") String style, @ForAll long seed) {
        for (Post post : batch(topic, style, seed, 10)) {
            assertThat(post.words()).isBetween(300, 700);
            assertThat(post.markdown()).startsWith("# " + post.title() + "\n\n").endsWith(".\n");
            assertThat(post.markdown()).doesNotContain("{", "}", "|", "  ", "\\", " ,", "..", "\n\n\n", "null");
            assertThat(post.markdown()
                            .lines()
                            .filter(line -> line.startsWith("## "))
                            .count())
                    .isBetween(4L, 6L);
            assertThat(sentences(post))
                    .allSatisfy(sentence -> assertThat(sentence).matches("\\p{Lu}.*[.?:]"));
        }
    }

    @Property(tries = 60)
    void noTwoPostsOfABatchAreAlike(@ForAll("topics") String topic, @ForAll("styles") String style, @ForAll long seed) {
        List<Post> posts = batch(topic, style, seed, 10);

        assertThat(posts).extracting(Post::title).doesNotHaveDuplicates();
        assertThat(posts).extracting(PostWriterProperties::outline).doesNotHaveDuplicates();
        List<String> sentences =
                posts.stream().flatMap(post -> sentences(post).stream()).toList();
        assertThat(sentences.stream().distinct().count()).isGreaterThanOrEqualTo(sentences.size() * 99L / 100);
    }

    @Property(tries = 5)
    void aLongBatchKeepsItsTitlesAndOutlinesApart(@ForAll("styles") String style, @ForAll long seed) {
        List<Post> posts = batch("chess", style, seed, 300);

        assertThat(posts).extracting(Post::title).doesNotHaveDuplicates();
        assertThat(posts)
                .extracting(post -> outline(post).subList(0, outline(post).size() - 1))
                .doesNotHaveDuplicates();
    }

    @Property(tries = 40)
    void noPostSaysTheSameFactTwice(@ForAll("topics") String topic, @ForAll("styles") String style, @ForAll long seed) {
        List<String> tips = LIBRARY.topic(topic).aspects().stream()
                .flatMap(aspect -> aspect.facts().get("tip").stream())
                .toList();

        for (Post post : batch(topic, style, seed, 10)) {
            String text = post.markdown().toLowerCase(Locale.ROOT);
            assertThat(tips)
                    .allSatisfy(tip -> assertThat(text.split(Pattern.quote(tip.toLowerCase(Locale.ROOT)) + "[.,;]", -1))
                            .hasSizeLessThanOrEqualTo(2));
        }
    }

    @Property(tries = 20)
    void theSameSeedGivesTheSamePosts(
            @ForAll("topics") String topic, @ForAll("styles") String style, @ForAll long seed) {
        assertThat(batch(topic, style, seed, 3)).isEqualTo(batch(topic, style, seed, 3));
        assertThat(batch(topic, style, seed, 3)).isNotEqualTo(batch(topic, style, seed + 1, 3));
    }

    @Provide
    Arbitrary<String> topics() {
        return Arbitraries.of(
                "AI", "software testing", "remote work", "gardening", "personal finance", "electric cars");
    }

    @Provide
    Arbitrary<String> styles() {
        return Arbitraries.of(LIBRARY.styles());
    }

    private static List<Post> batch(String topic, String style, long seed, int count) {
        PostWriter writer =
                new PostWriter(LIBRARY.topic(topic), LIBRARY.grammar(style).orElseThrow(), new Dice(seed));
        return Stream.generate(writer::next).limit(count).toList();
    }

    private static List<String> outline(Post post) {
        return post.markdown().lines().filter(line -> line.startsWith("## ")).toList();
    }

    /** The sentences of paragraphs and lists; lines that lead into a list end with a colon. */
    private static List<String> sentences(Post post) {
        return post.markdown()
                .lines()
                .filter(Predicate.not(String::isEmpty))
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.startsWith("- ") ? line.substring(2) : line)
                .flatMap(line -> Arrays.stream(line.split("(?<=[.?]) (?=\\p{Lu})")))
                .toList();
    }
}
