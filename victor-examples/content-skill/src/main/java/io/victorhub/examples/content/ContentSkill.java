package io.victorhub.examples.content;

import io.victorhub.spi.Artifact;
import io.victorhub.spi.Details;
import io.victorhub.spi.Parameter;
import io.victorhub.spi.Result;
import io.victorhub.spi.Skill;
import io.victorhub.spi.SkillContext;
import io.victorhub.spi.SkillDescriptor;
import io.victorhub.spi.Task;
import io.victorhub.spi.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes blog posts in Markdown, one file each, from a grammar and a stock of facts.
 *
 * <p>It has no state but what the jar brings along and never changes, so it may serve any number of tasks at once. The
 * same seed gives the same posts, byte for byte, on every Java platform.
 */
public final class ContentSkill implements Skill {

    private static final SkillDescriptor DESCRIPTOR = describe();

    private final Library library = new Library();

    /** For {@link java.util.ServiceLoader}. */
    public ContentSkill() {}

    @Override
    public SkillDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Result execute(Task task, SkillContext context) throws IOException, InterruptedException {
        Order order = Order.of(task, library.styles());
        Grammar grammar = library.grammar(order.style()).orElseThrow();
        PostWriter writer = new PostWriter(library.topic(order.topic()), grammar, new Dice(order.seed()));
        Details.Builder details = Details.builder();
        List<String> titles = new ArrayList<>();
        int words = 0;
        for (int number = 1; number <= order.count(); number++) {
            stopIfCancelled(context);
            Post post = writer.next();
            details.artifact(save(post, fileName(number, order.count()), context.workspace()));
            titles.add(post.title());
            words += post.words();
            context.progress(
                    (double) number / order.count(), "post " + number + " of " + order.count() + ": " + post.title());
        }
        return Result.success(
                output(order, titles, words),
                details.quality(writer.freshness()).build());
    }

    private static void stopIfCancelled(SkillContext context) throws InterruptedException {
        if (Thread.interrupted() || context.isCancellationRequested()) {
            throw new InterruptedException("cancelled between two posts");
        }
    }

    private static Artifact save(Post post, String fileName, Path workspace) throws IOException {
        Path file = Files.writeString(workspace.resolve(fileName), post.markdown());
        return Artifact.of(workspace, file, "text/markdown");
    }

    /** With as many digits as the last file needs, so that the files sort by number. */
    private static String fileName(int number, int count) {
        int digits = Math.max(2, String.valueOf(count).length());
        return "post-" + String.format(Locale.ROOT, "%0" + digits + "d", number) + ".md";
    }

    private static Map<String, Object> output(Order order, List<String> titles, int words) {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("count", titles.size());
        output.put("topic", order.topic());
        output.put("style", order.style());
        output.put("seed", order.seed());
        output.put("words", words);
        output.put("titles", titles);
        return output;
    }

    private static SkillDescriptor describe() {
        SkillDescriptor.Builder builder = SkillDescriptor.of("content_generator")
                .version("1.0.0")
                .description("Writes blog posts in Markdown")
                .capability("content_generation")
                .effects(SkillDescriptor.Effects.NONE)
                .output(Parameter.required("count", ValueType.INTEGER, "how many posts were written"))
                .output(Parameter.required("topic", ValueType.TEXT, "what they are about"))
                .output(Parameter.required("style", ValueType.TEXT, "how they are written"))
                .output(Parameter.required("seed", ValueType.INTEGER, "give it as an input to get them again"))
                .output(Parameter.required("words", ValueType.INTEGER, "how many words they have together"))
                .output(Parameter.required("titles", ValueType.LIST, "the title of each, in order"));
        Order.INPUTS.forEach(builder::input);
        return builder.build();
    }
}
