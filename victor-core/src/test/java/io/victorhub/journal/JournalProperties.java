package io.victorhub.journal;

import static io.victorhub.journal.Journals.opened;
import static io.victorhub.journal.Journals.wordsIn;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

class JournalProperties {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.victorhub.journal");

    @BeforeContainer
    static void beQuiet() {
        LOGGER.setLevel(Level.ERROR);
    }

    @AfterContainer
    static void beQuietNoMore() {
        LOGGER.setLevel(null);
    }

    @Property(tries = 40)
    void whereverTheLastSegmentIsCutAPrefixOfTheRecordsIsLeftAndWritingGoesOn(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 5) Integer> batches,
            @ForAll @IntRange(min = 60, max = 600) int segmentBytes,
            @ForAll @IntRange(min = 0, max = 1000) int cutPerMille)
            throws IOException {
        Path folder = Files.createTempDirectory("journal");
        try {
            List<String> written = write(folder, batches, segmentBytes);
            int inEarlierSegments = cutLastSegment(folder, cutPerMille);

            List<String> left = new ArrayList<>();
            try (Journal journal = Journals.open(folder, segmentBytes)) {
                journal.recover(Journals.into(left));
                Journals.append(journal, "more");
            }

            assertThat(left).isEqualTo(written.subList(0, left.size())).hasSizeGreaterThanOrEqualTo(inEarlierSegments);
            if (cutPerMille == 1000) {
                assertThat(left).isEqualTo(written);
            }
            left.add("more");
            assertThat(wordsIn(folder)).isEqualTo(left);
        } finally {
            remove(folder);
        }
    }

    private static List<String> write(Path folder, List<Integer> batches, int segmentBytes) {
        List<String> words = new ArrayList<>();
        try (Journal journal = opened(folder, segmentBytes)) {
            for (int size : batches) {
                List<String> batch = Stream.iterate(words.size(), i -> i + 1)
                        .limit(size)
                        .map(i -> i + "-" + "é".repeat(i % 7))
                        .toList();
                Journals.append(journal, batch.toArray());
                words.addAll(batch);
            }
        }
        return words;
    }

    /** {@return how many records stand in the segments before it} */
    private static int cutLastSegment(Path folder, int perMille) throws IOException {
        int before = 0;
        List<String> files = Journals.filesIn(folder);
        for (String file : files.subList(0, files.size() - 1)) {
            before += Files.readAllLines(folder.resolve(file)).size() - 1;
        }
        Path last = folder.resolve(files.get(files.size() - 1));
        try (RandomAccessFile out = new RandomAccessFile(last.toFile(), "rw")) {
            out.setLength(out.length() * perMille / 1000);
        }
        return before;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
