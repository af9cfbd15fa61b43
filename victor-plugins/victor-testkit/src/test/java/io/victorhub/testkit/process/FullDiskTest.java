package io.victorhub.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a hub does on a full disk. Two ways to get one, both without rights: a small disk in memory that only the child
 * sees, and a limit on the size of files. A machine that has neither says so.
 */
@Timeout(120)
class FullDiskTest {

    private static final String MOUNT = "mount -t tmpfs -o size=1m tmpfs \"$0\"";

    @TempDir
    private Path folder;

    @Test
    void refusesTasksOnAFullDiskAndGoesOnWhenThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeWorks("a full disk", "unshare", "-rm", "sh", "-c", MOUNT, disk.toString());
        Path home = disk.resolve("home");
        List<String> command =
                new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", MOUNT + " && exec \"$@\"", disk.toString()));
        command.addAll(ChildJvm.command(List.of(), FullDiskChild.class, home));

        try (ChildJvm child = ChildJvm.start(folder, command)) {
            child.await(FullDiskChild.ROOM);
            child.tell("go on");

            assertRefusedAndRecovered(child, home, "No space left on device");
        }
    }

    @Test
    void refusesTasksWhenItsFilesMayNotGrowAndGoesOnWhenTheyMay() throws Exception {
        assumeWorks("a limit on the size of files", "sh", "-c", "ulimit -f 2048");
        assumeWorks("a limit on the size of files", "prlimit", "--version");
        Path home = folder.resolve("home");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -S -f 2048 && exec \"$0\" \"$@\""));
        command.addAll(ChildJvm.command(List.of(), FullDiskChild.class, home));

        try (ChildJvm child = ChildJvm.start(folder, command)) {
            child.await(FullDiskChild.ROOM);
            assertThat(run("prlimit", "--pid", Long.toString(child.pid()), "--fsize=unlimited"))
                    .isZero();
            child.tell("go on");

            assertRefusedAndRecovered(child, home, "File too large");
        }
    }

    private static void assertRefusedAndRecovered(ChildJvm child, Path home, String why) throws Exception {
        assertThat(child.end()).as("%s", child).isZero();
        String refused = "the store in " + home.resolve("store") + " cannot keep more: " + why
                + "; make room on the disk or mend it (what was acknowledged is safe)";
        List<String> all = child.said("");
        int full = all.indexOf(FullDiskChild.FULL);
        int room = all.indexOf(FullDiskChild.ROOM);
        assertThat(all.subList(0, full))
                .startsWith("changed ACTIVE", "trouble " + refused, "changed REFUSING", "refused " + refused)
                .contains("filled up: " + why)
                .endsWith("refused " + refused);
        assertThat(all.subList(full + 1, room))
                .containsExactly(
                        "status REFUSING",
                        "refused " + refused,
                        "refused " + refused,
                        "refused " + refused,
                        "refused " + refused,
                        "refused " + refused,
                        "status REFUSING");
        assertThat(all.subList(room + 1, all.size()))
                .containsSubsequence("recovered", "changed ACTIVE", "changed STOPPING")
                .containsSubsequence("slow DONE", "status ACTIVE", "missing []", "missing []", "ended")
                .filteredOn(line -> line.startsWith("recovered") || line.startsWith("trouble"))
                .hasSize(1);
        assertThat(Integer.parseInt(child.await("kept "))).isGreaterThan(50);
    }

    private static void assumeWorks(String what, String... command) throws Exception {
        boolean works = run(command) == 0;
        if (!works) {
            System.out.println("NOT TESTED on this machine: " + what + " (" + String.join(" ", command) + " fails)");
        }
        assumeTrue(works, () -> "no way to get " + what);
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1; // there is no such program
        }
    }
}
