package io.victorhub.journal;

import static io.victorhub.journal.Journals.lines;
import static io.victorhub.journal.Journals.opened;
import static io.victorhub.journal.Journals.word;
import static io.victorhub.journal.Journals.wordsIn;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many threads hand in; whoever finds nobody writing writes for all. */
@Timeout(60)
class GroupCommitTest {

    private static final int THREADS = 8;
    private static final int EACH = 200;
    private static final int SEGMENT_BYTES = 8 << 10;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void keepsEveryAcknowledgedRecordInTheOrderOfItsThread() throws Exception {
        Map<String, Place> acknowledged = new ConcurrentHashMap<>();
        try (Journal journal = opened(folder, SEGMENT_BYTES)) {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<?>> writers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String name = "t" + thread;
                writers.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < EACH; i++) {
                        String first = name + "-" + 2 * i;
                        String second = name + "-" + (2 * i + 1);
                        boolean forced = i % 20 == 0;
                        List<Place> places = Journals.await(
                                journal, journal.append(lines(first, second), forced ? Force.NOW : Force.NONE));
                        acknowledged.put(first, places.get(0));
                        acknowledged.put(second, places.get(1));
                        assertThat(word(journal.read(places.get(1)))).isEqualTo(second);
                    }
                    return null;
                }));
            }
            join(writers);
        }

        List<String> words = wordsIn(folder);

        assertThat(words).hasSize(THREADS * EACH * 2).containsExactlyElementsOf(inOrder(acknowledged));
        for (int thread = 0; thread < THREADS; thread++) {
            String begin = "t" + thread + "-";
            assertThat(words.stream()
                            .filter(word -> word.startsWith(begin))
                            .map(word -> Integer.parseInt(word.substring(begin.length()))))
                    .isSorted();
        }
    }

    @Test
    void harmsNobodyWhenThreadsAreInterruptedWhileTheyAppend() throws Exception {
        Map<String, Place> acknowledged = new ConcurrentHashMap<>();
        Set<Thread> victims = ConcurrentHashMap.newKeySet();
        AtomicBoolean ended = new AtomicBoolean();
        try (Journal journal = opened(folder, SEGMENT_BYTES)) {
            Future<?> interrupter = threads.submit(() -> {
                while (!ended.get()) {
                    victims.forEach(Thread::interrupt);
                    Thread.onSpinWait();
                }
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                String name = "t" + thread;
                writers.add(threads.submit(() -> {
                    victims.add(Thread.currentThread());
                    for (int i = 0; i < EACH; i++) {
                        List<Place> places =
                                Journals.await(journal, journal.append(lines(name + "-" + i), Force.values()[i % 3]));
                        acknowledged.put(name + "-" + i, places.get(0));
                    }
                    return null;
                }));
            }
            try {
                join(writers);
            } finally {
                ended.set(true);
            }
            interrupter.get(30, TimeUnit.SECONDS);
        }

        assertThat(wordsIn(folder)).hasSize(3 * EACH).containsExactlyElementsOf(inOrder(acknowledged));
    }

    @Test
    void leavesTheInterruptToTheThreadThatWasInterrupted() {
        try (Journal journal = opened(folder, 60)) {
            Thread.currentThread().interrupt();

            journal.await(journal.append(lines("a"), Force.NOW));
            journal.rotate();
            journal.await(journal.append(lines("b"), Force.NOW));

            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(wordsIn(folder)).containsExactly("a", "b");
    }

    private static List<String> inOrder(Map<String, Place> places) {
        return places.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparingInt(Place::segment).thenComparingInt(Place::offset)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void join(List<Future<?>> writers) throws Exception {
        for (Future<?> writer : writers) {
            writer.get(50, TimeUnit.SECONDS);
        }
    }
}
