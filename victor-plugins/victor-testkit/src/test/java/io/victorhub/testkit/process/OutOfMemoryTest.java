package io.victorhub.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutOfMemoryTest {

    @TempDir
    private Path folder;

    @Test
    void goesOnBehindASkillThatTakesAllMemory() throws Exception {
        List<String> command = ChildJvm.command(List.of("-Xmx32m"), OutOfMemoryChild.class, folder.resolve("home"));

        try (ChildJvm child = ChildJvm.start(folder, command)) {
            assertThat(child.end()).as("%s", child).isZero();

            for (int i = 0; i < 3; i++) {
                assertThat(child.said("hog-" + i)).containsExactly("DEAD RESOURCE");
                assertThat(child.said("echo-" + i)).containsExactly("DONE");
            }
            assertThat(child.said("fatal "))
                    .containsOnly("hog OutOfMemoryError")
                    .hasSize(3);
            assertThat(child.said("uncaught ")).containsOnly("OutOfMemoryError").hasSizeGreaterThanOrEqualTo(3);
            assertThat(child.said("closed")).hasSize(1);
        }
    }
}
