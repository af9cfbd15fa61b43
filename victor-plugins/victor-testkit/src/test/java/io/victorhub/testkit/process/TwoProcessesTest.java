package io.victorhub.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.Hub;
import io.victorhub.HubStatus;
import io.victorhub.spi.store.StorageException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TwoProcessesTest {

    @TempDir
    private Path folder;

    @Test
    void refusesAHomeThatAnotherProcessUsesUntilThatIsGone() throws Exception {
        Path home = folder.resolve("home");
        try (ChildJvm child = ChildJvm.start(folder, KillChild.class, home, folder.resolve("ran.txt"), 0, 1)) {
            child.await("open");

            assertThatThrownBy(() -> Hub.at(home).discoverSkills(false).build())
                    .isInstanceOf(StorageException.class)
                    .hasMessage("the home " + home + " is in use by process " + child.pid()
                            + "; close that hub first, or give this one a home of its own");
            child.kill();
        }

        try (Hub hub = Hub.at(home).discoverSkills(false).build()) {
            assertThat(hub.status()).isEqualTo(HubStatus.IDLE);
        }
    }
}
