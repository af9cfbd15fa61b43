package io.victorhub.examples.music;

/**
 * A plucked string, by the method of Karplus and Strong: a short burst of noise runs round a loop of the length of one
 * period, and loses its high tones on the way.
 *
 * @param ring seconds until the lowest tones have lost all but a thousandth
 * @param brightness of the plucking, 0 for a soft thumb to 1 for a pick
 * @param release seconds in which it shrinks to about a third after being let go
 */
record Pluck(double ring, double brightness, double release) implements Tone {

    @Override
    public void play(Sound sound, Stereo out) {
        int rate = out.rate();
        float[] gains = new Envelope(.001, ring, 1, release).over(sound.held(), rate);
        // softening delays by half a frame, the all-pass by what is left: so the string is in tune
        double period = rate / sound.frequency() - .5;
        int length = (int) (period - .1);
        double shift = period - length;
        double allpass = (1 - shift) / (1 + shift);
        double loss = StrictMath.exp(-StrictMath.log(1000) / (sound.frequency() * ring));
        double[] loop = burst(length, sound);
        double last = 0;
        double before = 0;
        double passed = 0;
        int end = Math.min(gains.length, out.frames() - sound.start());
        for (int i = 0; i < end; i++) {
            int at = i % length;
            double now = loop[at];
            double softened = loss * .5 * (now + last);
            last = now;
            passed = allpass * (softened - passed) + before;
            before = softened;
            loop[at] = passed;
            float sample = (float) (sound.force() * gains[i] * now);
            out.left()[sound.start() + i] += sample;
            out.right()[sound.start() + i] += sample;
        }
    }

    /** The noise is drawn anew for each note, and is the same for the same note at the same place. */
    private double[] burst(int length, Sound sound) {
        Dice dice = Dice.forPart(length, sound.start());
        double[] burst = new double[length];
        double keep = .15 + .8 * brightness * (.5 + .5 * sound.force());
        double soft = 0;
        double sum = 0;
        for (int i = 0; i < length; i++) {
            soft += keep * (2 * dice.fraction() - 1 - soft);
            burst[i] = soft;
            sum += soft;
        }
        double energy = 0;
        for (int i = 0; i < length; i++) {
            burst[i] -= sum / length;
            energy += burst[i] * burst[i];
        }
        double gain = .5 / Math.sqrt(energy / length);
        for (int i = 0; i < length; i++) {
            burst[i] *= gain;
        }
        return burst;
    }
}
