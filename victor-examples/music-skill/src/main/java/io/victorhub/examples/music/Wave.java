package io.victorhub.examples.music;

import java.util.function.IntToDoubleFunction;

/**
 * One period of a sound, as tables. Each table has twice the harmonics of the one before, so that for every pitch there
 * is one that is bright and yet below half the sample rate, where overtones would fold back as noise. Immutable.
 */
final class Wave {

    /** Samples in a period. Each table has one more, equal to the first, for reading between samples. */
    static final int SIZE = 2048;

    /** One overtone: itself. */
    static final Wave SINE = new Wave(n -> n == 1 ? 1 : 0);
    /** Odd harmonics that fade quickly. */
    static final Wave TRIANGLE = new Wave(n -> n % 2 == 0 ? 0 : (n % 4 == 1 ? 1. : -1.) / (n * n));
    /** All harmonics: bright. */
    static final Wave SAW = new Wave(n -> 1. / n);
    /** Odd harmonics: hollow. */
    static final Wave SQUARE = new Wave(n -> n % 2 == 0 ? 0 : 1. / n);
    /** All harmonics, fading quickly: a saw behind a curtain. */
    static final Wave MELLOW = new Wave(n -> 1 / (n * Math.sqrt(n)) / (1 + n * n / 40.));
    /** A hammered string, just after the blow. */
    static final Wave HAMMER = new Wave(n -> n > 24 ? 0 : (n % 7 == 0 ? .2 : 1) / (.6 + .4 * n));
    /** A wooden bar: its second tone lies two octaves above the first. */
    static final Wave WOOD = new Wave(n -> n == 1 ? 1 : n == 4 ? .5 : n == 10 ? .2 : 0);
    /** Breath in a pipe. */
    static final Wave PIPE = new Wave(n -> n == 1 ? 1 : n == 2 ? .25 : n == 3 ? .12 : n == 4 ? .04 : 0);

    private static final int LEVELS = 9;

    private final float[][] tables = new float[LEVELS][];

    /** @param amplitude of each harmonic, from 1 */
    private Wave(IntToDoubleFunction amplitude) {
        double[] sum = new double[SIZE];
        int harmonic = 1;
        for (int level = 0; level < LEVELS; level++) {
            for (; harmonic <= 1 << level; harmonic++) {
                add(sum, harmonic, amplitude.applyAsDouble(harmonic));
            }
            tables[level] = table(sum);
        }
    }

    /** {@return the brightest table whose harmonics at this frequency all lie below nine tenths of half the rate} */
    float[] at(double frequency, int rate) {
        int level = 0;
        while (level < LEVELS - 1 && frequency * (2 << level) < .45 * rate) {
            level++;
        }
        return tables[level];
    }

    private static void add(double[] sum, int harmonic, double amplitude) {
        if (amplitude != 0) {
            for (int i = 0; i < SIZE; i++) {
                sum[i] += amplitude * Sines.TABLE[i * harmonic % SIZE];
            }
        }
    }

    private static float[] table(double[] sum) {
        float[] table = new float[SIZE + 1];
        for (int i = 0; i <= SIZE; i++) {
            table[i] = (float) sum[i % SIZE];
        }
        return table;
    }

    /**
     * A period of the sine, by StrictMath: Math.sin may differ in the last bit from one platform to another, and then the
     * files would not be the same everywhere.
     */
    private static final class Sines {
        static final double[] TABLE = new double[SIZE];

        static {
            for (int i = 0; i < SIZE; i++) {
                TABLE[i] = StrictMath.sin(2 * Math.PI * i / SIZE);
            }
        }
    }
}
