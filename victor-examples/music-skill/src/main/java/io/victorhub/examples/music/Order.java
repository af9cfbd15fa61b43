package io.victorhub.examples.music;

import io.victorhub.spi.Inputs;
import io.victorhub.spi.InvalidInputException;
import io.victorhub.spi.Parameter;
import io.victorhub.spi.Task;
import io.victorhub.spi.ValueType;
import java.util.List;

/**
 * What a task asks for.
 *
 * @param count how many tracks, 1 to {@value #MOST_TRACKS}
 * @param genres the genres of the tracks in turn, at least one
 * @param sampleRate frames a second in the WAV files
 * @param seed which of all possible batches it is
 */
record Order(int count, List<String> genres, int sampleRate, long seed) {

    static final int MOST_TRACKS = 200;

    private static final List<Long> SAMPLE_RATES = List.of(22050L, 44100L);

    /** The inputs, as the skill declares them. */
    static final List<Parameter> INPUTS = List.of(
            Parameter.optional("count", ValueType.INTEGER, "how many tracks, 1 to " + MOST_TRACKS + "; default 1"),
            Parameter.optional(
                    "genres", ValueType.LIST, "taken in turn, of " + String.join(", ", Genre.NAMES) + "; default all"),
            Parameter.optional(
                    "sample_rate", ValueType.INTEGER, "of the WAV files, 22050 or 44100 hertz; default 44100"),
            Parameter.optional("seed", ValueType.INTEGER, "the same seed gives the same tracks; default: by task id"));

    /**
     * {@return the order of a task}
     *
     * @throws InvalidInputException if an input is of another type or out of its range
     */
    static Order of(Task task) {
        Inputs inputs = task.inputs();
        return new Order(
                count(inputs.integer("count", 1)),
                genres(inputs.texts("genres")),
                sampleRate(inputs.integer("sample_rate", 44100)),
                inputs.integer("seed", Dice.seedOf(task.id())));
    }

    private static int count(long count) {
        if (count < 1 || count > MOST_TRACKS) {
            throw new InvalidInputException("input 'count' is " + count + "; it must be 1.." + MOST_TRACKS);
        }
        return (int) count;
    }

    private static List<String> genres(List<String> genres) {
        for (String genre : genres) {
            if (!Genre.NAMES.contains(genre)) {
                throw new InvalidInputException(
                        "input 'genres' names '" + genre + "'; there are " + String.join(", ", Genre.NAMES));
            }
        }
        return genres.isEmpty() ? Genre.NAMES : genres;
    }

    private static int sampleRate(long rate) {
        if (!SAMPLE_RATES.contains(rate)) {
            throw new InvalidInputException("input 'sample_rate' is " + rate + "; it must be 22050 or 44100");
        }
        return (int) rate;
    }
}
