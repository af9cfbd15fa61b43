package io.victorhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class HubThreadsTest {

    private final HubThreads threads = new HubThreads(null, null);

    @Test
    void theLoopKeepsTheProcessAliveWhoeverStartsIt() throws Exception {
        FutureTask<Thread> making = new FutureTask<>(() -> threads.loop().newThread(() -> {}));

        Thread daemon = new Thread(making);
        daemon.setDaemon(true);
        daemon.start();

        assertThat(making.get().isDaemon()).isFalse();
        threads.close(Duration.ZERO);
    }

    @Test
    void allOtherThreadsLetTheProcessEnd() {
        assertThat(threads.daemons().newThread(() -> {}).isDaemon()).isTrue();
        threads.close(Duration.ZERO);
    }
}
