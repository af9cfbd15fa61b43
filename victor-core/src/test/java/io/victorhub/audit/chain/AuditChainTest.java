package io.victorhub.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.audit.AuditEntry;
import io.victorhub.spi.store.StorageException;
import io.victorhub.testing.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditChainTest {

    @TempDir
    private Path home;

    private final SettableClock clock = new SettableClock();

    @Test
    void keepsWhoDidWhatWhenAndWhy() {
        try (AuditChain chain = open()) {
            chain.add("kim", "task.approved", "t-1", "looked at it", Map.of("round", 1L));
        }

        try (AuditChain chain = open()) {
            AuditEntry entry = chain.last().orElseThrow();
            assertThat(entry.number()).isEqualTo(1);
            assertThat(entry.at()).isEqualTo(clock.instant());
            assertThat(entry.actor()).isEqualTo("kim");
            assertThat(entry.action()).isEqualTo("task.approved");
            assertThat(entry.subject()).isEqualTo("t-1");
            assertThat(entry.reason()).isEqualTo("looked at it");
            assertThat(entry.details()).isEqualTo(Map.of("round", 1L));
            assertThat(chain.verify().isWhole()).isTrue();
        }
    }

    @Test
    void aHashIsTheDigestOfTheHashBeforeAndTheEntryAsItStandsInTheFile() throws Exception {
        try (AuditChain chain = open()) {
            chain.add("kim", "a", "s", "because", Map.of());
            chain.add("lee", "b", "s", "because", Map.of("größe", List.of(1L, "zwei")));
        }

        byte[] before = new byte[32];
        List<String> lines =
                lines().stream().filter(line -> line.startsWith("{\"number\"")).toList();
        assertThat(lines).hasSize(2);
        for (String line : lines) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(before);
            digest.update((line.substring(0, line.indexOf(",\"hash\"")) + "}").getBytes(StandardCharsets.UTF_8));
            before = digest.digest();
            assertThat(line).contains("\"hash\":\"" + HexFormat.of().formatHex(before) + "\"");
        }
    }

    @Test
    void isReadInPages() {
        try (AuditChain chain = open()) {
            for (int i = 1; i <= 5; i++) {
                chain.add("kim", "a", "s-" + i, "because", Map.of());
            }

            assertThat(chain.read(0, 2)).extracting(AuditEntry::subject).containsExactly("s-1", "s-2");
            assertThat(chain.read(2, 2)).extracting(AuditEntry::subject).containsExactly("s-3", "s-4");
            assertThat(chain.read(4, 2)).extracting(AuditEntry::subject).containsExactly("s-5");
            assertThat(chain.read(5, 2)).isEmpty();
            assertThat(chain.size()).isEqualTo(5);
            assertThatThrownBy(() -> chain.read(0, 0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void makesNoFolderBeforeThereIsAnEntry() {
        try (AuditChain chain = open()) {
            assertThat(chain.size()).isZero();
            assertThat(chain.last()).isEmpty();
            assertThat(chain.verify().isWhole()).isTrue();
        }

        assertThat(home.resolve("audit")).doesNotExist();
    }

    @Test
    void anEntryThatAKilledProcessLeftHalfWrittenIsSetAsideAndThatIsRecorded() throws IOException {
        try (AuditChain chain = open()) {
            chain.add("kim", "a", "s", "because", Map.of());
        }
        Path file = file();
        Files.writeString(file, Files.readString(file) + "{\"number\":2,\"at\":\"2026-01-05T0");

        try (AuditChain chain = open()) {
            assertThat(chain.read(0, 10)).extracting(AuditEntry::action).containsExactly("a", "audit.mended");
            assertThat(chain.last().orElseThrow().subject()).contains(".torn-");
            assertThat(chain.verify().isWhole()).isTrue();
        }

        try (AuditChain chain = open()) {
            assertThat(chain.size()).as("said once").isEqualTo(2);
        }
    }

    @Test
    void namesAnEntryThatWasTakenOut() throws IOException {
        try (AuditChain chain = open()) {
            for (int i = 1; i <= 4; i++) {
                chain.add("kim", "a", "s-" + i, "because", Map.of());
            }
        }
        List<String> lines = lines();
        lines.removeIf(line -> line.contains("\"s-2\""));
        Files.write(file(), lines);

        try (AuditChain chain = open()) {
            assertThat(chain.verify().firstBad()).hasValue(2);
            assertThat(chain.verify().entries()).isEqualTo(1);
            assertThat(chain.verify().message()).contains("entry 3 stands in its place");
            assertThat(chain.add("kim", "a", "s", "because", Map.of()).number()).isEqualTo(5);
        }
    }

    @Test
    void namesAnEntryThatChangesWhileTheHubRuns() throws IOException {
        try (AuditChain chain = open()) {
            chain.add("kim", "a", "s-1", "because", Map.of());
            chain.add("kim", "a", "s-2", "because", Map.of());
            Files.writeString(file(), Files.readString(file()).replace("s-1", "s-9"));

            assertThat(chain.verify().firstBad()).hasValue(1);
        }
    }

    @Test
    void asksForAnActorAndAReason() {
        try (AuditChain chain = AuditChain.inMemory(clock)) {
            assertThatThrownBy(() -> chain.add(" ", "a", "s", "because", Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("an actor has 1 characters, none of which says anything");
            assertThatThrownBy(() -> chain.add("kim", "a", "s", "", Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a reason");
            assertThat(chain.size()).isZero();
        }
    }

    @Test
    void inMemoryTheChainIsTheSame() {
        try (AuditChain memory = AuditChain.inMemory(clock);
                AuditChain disk = open()) {
            for (AuditChain chain : List.of(memory, disk)) {
                chain.add("kim", "a", "s", "because", Map.of());
                chain.add("kim", "b", "s", "because", Map.of());
            }

            assertThat(memory.read(0, 10)).isEqualTo(disk.read(0, 10));
            assertThat(memory.verify().isWhole()).isTrue();
        }
    }

    @Test
    void saysThatWhatCannotBeRecordedWasNotDone() throws IOException {
        Files.writeString(home.resolve("audit"), "a file, and no folder");

        try (AuditChain chain = open()) {
            assertThatThrownBy(() -> chain.add("kim", "task.approved", "t-1", "because", Map.of()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("cannot record task.approved t-1 of kim, so it was not done");
        }
    }

    private AuditChain open() {
        return AuditChain.at(home.resolve("audit"), clock, Thread::new);
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(file()));
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("audit"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
