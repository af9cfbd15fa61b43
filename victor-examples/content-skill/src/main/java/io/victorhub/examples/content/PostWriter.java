package io.victorhub.examples.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the posts of one batch, one after the other: other titles, other outlines, other sentences each time. What it
 * writes depends on topic, grammar and dice alone. Not safe for use by several threads.
 */
final class PostWriter {

    /** The fewest words of a post. */
    static final int FEWEST_WORDS = 300;
    /** The most words of a post. */
    static final int MOST_WORDS = 700;

    private static final int FEWEST_SECTIONS = 3;
    private static final int DRAFTS = 50;
    private static final List<String> NUMBERS = List.of("zero", "one", "two", "three", "four", "five");

    private final Topic topic;
    private final Dice dice;
    private final Speaker speaker;
    private final Deck<Frame> frames;
    private final Deck<Aspect> aspects;
    private final Map<String, Deck<String>> decks = new HashMap<>();
    private final Set<String> outlines = new HashSet<>();
    private final Set<String> titles = new HashSet<>();

    PostWriter(Topic topic, Grammar grammar, Dice dice) {
        this.topic = topic;
        this.dice = dice;
        this.speaker = new Speaker(grammar, dice);
        this.frames = new Deck<>(Arrays.asList(Frame.values()), dice);
        this.aspects = new Deck<>(topic.aspects(), dice);
    }

    /** {@return the next post, of {@value #FEWEST_WORDS} to {@value #MOST_WORDS} words} */
    Post next() {
        for (int draft = 0; draft < DRAFTS; draft++) {
            Post post = draft();
            if (post.words() >= FEWEST_WORDS && post.words() <= MOST_WORDS) {
                titles.add(post.title());
                return post;
            }
        }
        throw new IllegalStateException("none of " + DRAFTS + " drafts about " + topic.name() + " has " + FEWEST_WORDS
                + " to " + MOST_WORDS + " words; the grammar needs longer or shorter rules");
    }

    /** {@return the share of sentences so far that were new in this batch, 0 to 1} */
    double freshness() {
        return speaker.freshness();
    }

    private Post draft() {
        Frame frame = frames.deal();
        List<Aspect> outline = outline(frame);
        Notes notes = notesFor(outline);
        String title = title(frame, notes);
        StringBuilder text = new StringBuilder();
        text.append("# ").append(title).append("\n\n");
        text.append(speaker.say(frame.rule("intro"), notes)).append('\n');
        for (int i = 0; i < outline.size(); i++) {
            notes.turnTo(outline.get(i));
            notes.put("number", String.valueOf(i + 1));
            append(text, speaker.say(frame.rule("heading"), notes), speaker.say(frame.rule("section"), notes));
        }
        notes.turnTo(outline.get(0));
        append(text, speaker.say("conclusion.heading", notes), speaker.say("conclusion", notes));
        return new Post(title, text.toString());
    }

    private static void append(StringBuilder text, String heading, String body) {
        text.append("\n## ").append(heading).append("\n\n").append(body).append('\n');
    }

    /** What the sections are about, in their order; no two posts of a batch have the same. */
    private List<Aspect> outline(Frame frame) {
        int sections = FEWEST_SECTIONS + dice.below(Topic.MOST_SECTIONS - FEWEST_SECTIONS + 1);
        List<Aspect> outline = new ArrayList<>();
        do {
            outline.clear();
            while (outline.size() < sections) {
                Aspect aspect = aspects.deal();
                if (!outline.contains(aspect)) {
                    outline.add(aspect);
                }
            }
        } while (!outlines.add(frame + " " + outline.stream().map(Aspect::name).toList()));
        return outline;
    }

    private Notes notesFor(List<Aspect> outline) {
        Notes notes = new Notes(decks, dice, outline.get(0));
        notes.put("topic", topic.name());
        notes.put("count", NUMBERS.get(outline.size()));
        notes.put("first", outline.get(0).name());
        notes.put("second", outline.get(1).name());
        notes.put("last", outline.get(outline.size() - 1).name());
        notes.choose("people", topic.all("people"));
        notes.choose("goal", topic.all("goal"));
        notes.choose("scene", topic.all("scene"));
        return notes;
    }

    private String title(Frame frame, Notes notes) {
        String title = speaker.sayAnew(frame.rule("title"), notes);
        String unique = title;
        for (int part = 2; titles.contains(unique); part++) {
            unique = title + ", part " + part;
        }
        return unique;
    }
}
