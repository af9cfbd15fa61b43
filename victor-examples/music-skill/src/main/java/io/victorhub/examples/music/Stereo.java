package io.victorhub.examples.music;

/**
 * Sound in two channels, full scale being -1 to 1. The arrays are shared, not copied. Not safe for use by several
 * threads.
 *
 * @param left one sample a frame
 * @param right as many
 * @param rate frames a second
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer, never compared
record Stereo(float[] left, float[] right, int rate) {

    /** {@return so many frames of silence} */
    static Stereo silence(int frames, int rate) {
        return new Stereo(new float[frames], new float[frames], rate);
    }

    /** {@return how many frames there are} */
    int frames() {
        return left.length;
    }

    /** {@return the largest sample, without its sign} */
    float peak() {
        float peak = 0;
        for (int i = 0; i < left.length; i++) {
            peak = Math.max(peak, Math.max(Math.abs(left[i]), Math.abs(right[i])));
        }
        return peak;
    }

    /** {@return the root mean square of all samples that are louder than {@code floor}; 0 if there are none} */
    double loudness(float floor) {
        double sum = 0;
        int counted = 0;
        for (int i = 0; i < left.length; i++) {
            if (Math.abs(left[i]) > floor || Math.abs(right[i]) > floor) {
                sum += left[i] * left[i] + right[i] * right[i];
                counted += 2;
            }
        }
        return counted == 0 ? 0 : Math.sqrt(sum / counted);
    }
}
