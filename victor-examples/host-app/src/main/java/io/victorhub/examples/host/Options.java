package io.victorhub.examples.host;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param home the hub's home
 * @param queue the file of tasks to drop into its inbox; empty for the two tasks of this example
 * @param again whether its tasks get new ids, so that they are done although tasks of these ids are done already
 * @param help whether only the usage is asked for
 */
record Options(Path home, Optional<Path> queue, boolean again, boolean help) {

    static final String USAGE = """
            usage: java -jar victor-example-host.jar [--home FOLDER] [--again] [QUEUE.json]

              --home FOLDER  where tasks, results and outputs are kept (default: victor-home)
              --again        do the tasks although tasks with their ids are done already
              QUEUE.json     the tasks (default: the two of this example)

            exit code: 0 all tasks are done, 1 some are not, 2 the command line or a file is wrong
            """;

    private static final Path HOME = Path.of("victor-home");

    /** @throws IllegalArgumentException if there is an option or an argument too many */
    static Options parse(List<String> arguments) {
        Deque<String> left = new ArrayDeque<>(arguments);
        Path home = HOME;
        Optional<Path> queue = Optional.empty();
        boolean again = false;
        while (!left.isEmpty()) {
            String next = left.pop();
            if (next.equals("--help") || next.equals("-h")) {
                return new Options(home, queue, again, true);
            } else if (next.equals("--again")) {
                again = true;
            } else if (next.equals("--home") && !left.isEmpty()) {
                home = Path.of(left.pop());
            } else if (next.startsWith("-") || queue.isPresent()) {
                throw new IllegalArgumentException("'" + next + "' is not understood");
            } else {
                queue = Optional.of(Path.of(next));
            }
        }
        return new Options(home, queue, again, false);
    }
}
