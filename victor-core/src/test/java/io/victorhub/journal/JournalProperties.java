package io.victorhub.journal;

import static io.victorhub.journal.Journals.append;
import static io.victorhub.journal.Journals.opened;
import static io.victorhub.journal.Journals.settings;
import static io.victorhub.journal.Journals.word;
import static io.victorhub.journal.Journals.wordsIn;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.victorhub.testing.FaultyDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/** What is restored of a journal whose files were torn or damaged, wherever that was. */
class JournalProperties {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.victorhub.journal");
    private static final ListAppender<ILoggingEvent> WARNINGS = new ListAppender<>();
    private static final Path FOLDER = Path.of("/store");

    /** A file of the journal, and what stands in its lines; the first line is a header. */
    private record Written(Path file, byte[] content, List<String> words, List<Integer> starts) {}

    @BeforeContainer
    static void listen() {
        WARNINGS.start();
        LOGGER.setLevel(Level.WARN);
        LOGGER.setAdditive(false);
        LOGGER.addAppender(WARNINGS);
    }

    @AfterContainer
    static void listenNoMore() {
        LOGGER.detachAppender(WARNINGS);
        LOGGER.setAdditive(true);
        LOGGER.setLevel(null);
    }

    @Property(tries = 200)
    void aPrefixIsLeftOfATornTailAndWritingGoesOn(@ForAll long seed) {
        tear(new Random(seed));
    }

    @Tag("long")
    @Property(tries = 10_000)
    void aPrefixIsLeftOfEachOfManyTornTails(@ForAll long seed) {
        tear(new Random(seed));
    }

    @Property(tries = 200)
    void damageIsNamedAndTheRestIsRestored(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int flips) {
        flip(new Random(seed), flips);
    }

    @Tag("long")
    @Property(tries = 10_000)
    void damageIsNamedAndTheRestIsRestoredInManyPlaces(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int flips) {
        flip(new Random(seed), flips);
    }

    /** Cuts the last segment anywhere; behind the cut may be zeros that were written ahead, or what else lay there. */
    private static void tear(Random random) {
        FaultyDisk disk = new FaultyDisk(random);
        List<Written> all = write(random, disk);
        Written last = all.get(all.size() - 1);
        int cut = random.nextInt(last.content().length + 1);
        int behind = random.nextInt(3);
        byte[] torn = Arrays.copyOf(Arrays.copyOf(last.content(), cut), cut + (behind == 0 ? 0 : random.nextInt(300)));
        boolean garbage = behind == 2 && torn.length > cut;
        for (int i = cut; garbage && i < torn.length; i++) {
            torn[i] = (byte) (' ' + 1 + random.nextInt(200));
        }
        disk.put(last.file(), torn);
        List<String> expected = new ArrayList<>();
        all.subList(0, all.size() - 1).forEach(one -> expected.addAll(one.words()));
        int whole =
                (int) last.starts().stream().skip(1).filter(end -> end <= cut).count();
        expected.addAll(last.words().subList(0, Math.max(0, whole - 1)));

        WARNINGS.list.clear();
        List<String> left = new ArrayList<>();
        JournalSettings settings = settings(1 << 20).withFiles(disk);
        try (Journal journal = Journal.open(FOLDER, settings)) {
            journal.recover(Journals.into(left));
            append(journal, Force.NOW, "more");
        }

        assertThat(left).isEqualTo(expected);
        boolean clean = last.starts().contains(cut) && !garbage;
        assertThat(messages())
                .hasSize(clean ? 0 : 1)
                .allMatch(text -> text.contains("journal " + last.file() + " ")
                        && text.contains(" at byte " + last.starts().get(whole)));
        expected.add("more");
        assertThat(wordsIn(FOLDER, settings)).isEqualTo(expected);
    }

    private static void flip(Random random, int flips) {
        FaultyDisk disk = new FaultyDisk(random);
        List<Written> all = write(random, disk);
        List<TreeSet<Integer>> touched =
                all.stream().map(one -> new TreeSet<Integer>()).toList();
        TreeSet<String> flipped = new TreeSet<>();
        for (int i = 0; i < flips; i++) {
            int file = random.nextInt(all.size());
            Written one = all.get(file);
            int at = random.nextInt(one.content().length);
            int bit = random.nextInt(8);
            if (flipped.add(file + " " + at + " " + bit)) {
                disk.flip(one.file(), at, bit);
                int line = line(one, at);
                touched.get(file).add(line);
                if (at == one.starts().get(line + 1) - 1
                        && line + 2 < one.starts().size()) {
                    touched.get(file).add(line + 1); // its break is gone, so that the next one is of the same line
                }
            }
        }

        WARNINGS.list.clear();
        List<String> left = wordsIn(FOLDER, settings(1 << 20).withFiles(disk));

        List<String> expected = new ArrayList<>();
        List<String> named = new ArrayList<>();
        for (int file = 0; file < all.size(); file++) {
            Written one = all.get(file);
            TreeSet<Integer> lines = touched.get(file);
            IntStream.range(0, one.words().size())
                    .filter(word -> !lines.contains(word + 1))
                    .forEach(word -> expected.add(one.words().get(word)));
            lines.stream()
                    .filter(line -> !lines.contains(line - 1))
                    .forEach(line -> named.add(
                            "journal " + one.file() + " " + one.starts().get(line)));
        }
        assertThat(left).isEqualTo(expected);
        assertThat(messages().stream().map(text -> text.replaceAll(" (is|ended) .*? at byte (\\d+).*", " $2")))
                .containsExactlyInAnyOrderElementsOf(named);
        WARNINGS.list.clear();
        assertThat(wordsIn(FOLDER, settings(1 << 20).withFiles(disk))).isEqualTo(expected);
        assertThat(messages()).as("of what was mended before").isEmpty();
    }

    private static List<Written> write(Random random, FaultyDisk disk) {
        List<Written> all = new ArrayList<>();
        int segmentBytes = 60 + random.nextInt(600);
        int words = 0;
        try (Journal journal = opened(FOLDER, settings(segmentBytes).withFiles(disk))) {
            for (int i = random.nextInt(12); i >= 0; i--) {
                String[] batch = new String[1 + random.nextInt(5)];
                for (int j = 0; j < batch.length; j++) {
                    batch[j] = words++ + "-" + "é".repeat(random.nextInt(7));
                }
                append(journal, Force.values()[random.nextInt(3)], (Object[]) batch);
            }
        }
        for (String name : disk.list(FOLDER)) {
            Path file = FOLDER.resolve(name);
            Segment.of(FOLDER, name).ifPresent(segment -> all.add(written(file, disk.content(file))));
        }
        return all;
    }

    private static Written written(Path file, byte[] content) {
        List<String> words = new ArrayList<>();
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int start = 0; start < content.length; start = starts.get(starts.size() - 1)) {
            int end = LineScan.lineEnd(content, start, content.length);
            if (start > 0) {
                words.add(word(Line.open(content, start, end).orElseThrow()));
            }
            starts.add(end);
        }
        return new Written(file, content, words, starts);
    }

    private static int line(Written file, int at) {
        return (int) file.starts().stream().skip(1).filter(end -> end <= at).count();
    }

    private static List<String> messages() {
        return WARNINGS.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
