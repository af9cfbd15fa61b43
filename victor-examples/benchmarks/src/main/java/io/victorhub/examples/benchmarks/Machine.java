package io.victorhub.examples.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What it is measured on. */
final class Machine {

    private Machine() {}

    /** {@return processors, memory, system, Java, and the file system of a folder} */
    static String describe(Path folder) throws IOException {
        return Runtime.getRuntime().availableProcessors() + " × " + processor() + ", " + memory()
                + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.version") + ", homes on "
                + Files.getFileStore(folder).type();
    }

    /** {@return how busy the machine is with everything, averaged over a minute; negative if it does not tell} */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String processor() {
        Path cpus = Path.of("/proc/cpuinfo");
        if (Files.isReadable(cpus)) {
            try (Stream<String> lines = Files.lines(cpus, StandardCharsets.UTF_8)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
            } catch (IOException e) {
                return System.getProperty("os.arch");
            }
        }
        return System.getProperty("os.arch");
    }

    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Math.round(system.getTotalMemorySize() / (double) (1 << 30)) + " GiB, "
                : "";
    }
}
