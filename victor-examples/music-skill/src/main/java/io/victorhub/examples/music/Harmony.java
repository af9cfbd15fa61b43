package io.victorhub.examples.music;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The chords of a piece, one a bar, in phrases of four bars. The last phrase repeats the first and comes home.
 *
 * @param key all chords belong to it
 * @param chords one for each bar
 */
record Harmony(Key key, List<Chord> chords) {

    /** Bars in a phrase. */
    static final int PHRASE = 4;

    /** {@return a harmony of so many phrases, made of what the genre offers} */
    static Harmony of(Genre genre, int phrases, Dice dice) {
        List<String> offered = genre.all("harmony");
        String[] first = dice.pick(offered).split(" ", -1);
        List<String[]> others = offered.stream()
                .map(line -> line.split(" ", -1))
                .filter(line -> line[0].equals(first[0]) && !Arrays.equals(line, first))
                .toList();
        String[] second = dice.pick(others);
        Key key = new Key(dice.below(12), Mode.of(first[0]));
        int size = (int) genre.number("voices");
        List<Chord> chords = new ArrayList<>();
        for (int phrase = 0; phrase < phrases; phrase++) {
            boolean contrast = phrases > 2 && phrase == 1;
            for (int bar = 1; bar <= PHRASE; bar++) {
                chords.add(new Chord(Integer.parseInt((contrast ? second : first)[bar]) - 1, size));
            }
        }
        chords.set(chords.size() - 2, new Chord(key.mode().cadence() - 1, size));
        chords.set(chords.size() - 1, new Chord(0, size));
        return new Harmony(key, List.copyOf(chords));
    }

    /** {@return how many bars there are} */
    int bars() {
        return chords.size();
    }

    /** {@return the chord of a bar, from 0} */
    Chord at(int bar) {
        return chords.get(bar);
    }

    /**
     * {@return for each bar the degrees that sound, from below; from one bar to the next each voice moves as little as it
     * can}
     *
     * @param centre the MIDI pitch around which the voices lie
     */
    List<List<Integer>> voicings(int centre) {
        List<List<Integer>> voicings = new ArrayList<>();
        int middle = key.degreeNear(centre);
        for (Chord chord : chords) {
            List<Integer> before = voicings.isEmpty() ? List.of() : voicings.get(voicings.size() - 1);
            voicings.add(nearest(chord, before, middle));
        }
        return voicings;
    }

    private static List<Integer> nearest(Chord chord, List<Integer> before, int middle) {
        List<Integer> best = List.of();
        int least = Integer.MAX_VALUE;
        for (int lowest = middle - Key.TONES; lowest <= middle + 1; lowest++) {
            if (chord.holds(lowest)) {
                List<Integer> voicing = stack(chord, lowest);
                int cost = 2 * Math.abs(sum(voicing) - middle * chord.size());
                for (int voice = 0; voice < before.size(); voice++) {
                    cost += 3 * Math.abs(voicing.get(voice) - before.get(voice));
                }
                if (cost < least) {
                    least = cost;
                    best = voicing;
                }
            }
        }
        return best;
    }

    private static List<Integer> stack(Chord chord, int lowest) {
        List<Integer> voicing = new ArrayList<>();
        for (int degree = lowest; voicing.size() < chord.size(); degree++) {
            if (chord.holds(degree)) {
                voicing.add(degree);
            }
        }
        return List.copyOf(voicing);
    }

    private static int sum(List<Integer> degrees) {
        return degrees.stream().mapToInt(Integer::intValue).sum();
    }
}
