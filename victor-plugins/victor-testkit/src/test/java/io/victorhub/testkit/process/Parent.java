package io.victorhub.testkit.process;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The parent, as a child process sees it. What was told to it was told, even if the process is killed right behind. */
final class Parent {

    /** Ends each line: one without it was torn by a kill. */
    static final String END = " .";

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
    private static final BlockingQueue<String> HEARD = new LinkedBlockingQueue<>();

    private Parent() {}

    /** Ends this process when the parent does. */
    static void listen() {
        Thread ears = new Thread(Parent::hear, "parent");
        ears.setDaemon(true);
        ears.start();
    }

    /** One write, past all buffers. */
    static void tell(String line) {
        try {
            OUT.write((line + END + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the next line of the parent} */
    static String next() throws InterruptedException {
        return HEARD.take();
    }

    private static void hear() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                HEARD.add(line);
            }
        } catch (IOException e) {
            Parent.tell("lost its parent: " + e);
        }
        Runtime.getRuntime().halt(3);
    }
}
