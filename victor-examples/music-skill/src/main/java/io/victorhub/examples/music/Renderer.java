package io.victorhub.examples.music;

import java.util.Arrays;

/** Plays scores: each part on its own, then all together in a room. Safe for use by several threads. */
final class Renderer {

    private static final int CONCERT_PITCH = 69;
    private static final double CONCERT_HERTZ = 440;
    /** A part counts as playing while it is louder. */
    private static final float SILENCE = .002f;
    /** How long a part makes way for a kick drum, in seconds. */
    private static final double WAY = .28;

    private final int rate;
    private final DrumKit drums;

    /** @param rate frames a second */
    Renderer(int rate) {
        this.rate = rate;
        this.drums = new DrumKit(rate);
    }

    /**
     * {@return the whole piece, ready for a file}
     *
     * @param checkpoint passed before each note
     * @throws InterruptedException if the checkpoint says so
     */
    Stereo render(Score score, Checkpoint checkpoint) throws InterruptedException {
        int frames = frame(score.seconds());
        Stereo mix = Stereo.silence(frames, rate);
        float[] sent = new float[frames];
        float[] way = wayForTheKick(score, frames);
        for (Part part : score.parts()) {
            Stereo solo = play(score, part, frames, checkpoint);
            if (part.role() == Role.MELODY) {
                echo(solo, score);
            }
            if (part.role() == Role.CHORDS || part.role() == Role.PAD) {
                scale(solo.left(), way);
                scale(solo.right(), way);
            }
            add(solo, part.role(), score.genre().number("space"), mix, sent);
        }
        checkpoint.pass();
        Room.answer(sent, mix);
        Master.finish(mix);
        return mix;
    }

    private int frame(double seconds) {
        return (int) Math.round(seconds * rate);
    }

    private Stereo play(Score score, Part part, int frames, Checkpoint checkpoint) throws InterruptedException {
        Stereo solo = Stereo.silence(frames, rate);
        for (Note note : part.notes()) {
            checkpoint.pass();
            int start = frame(score.secondsAt(note.start()));
            double force = note.velocity() * note.velocity() / (127. * 127);
            if (part.role() == Role.DRUMS) {
                drums.play(note.pitch(), start, force, solo);
            } else {
                int held = frame(score.secondsAt(note.end())) - start;
                part.instrument().tone().play(new Tone.Sound(frequency(note.pitch()), start, held, force), solo);
            }
        }
        return solo;
    }

    private static double frequency(int pitch) {
        return CONCERT_HERTZ * StrictMath.pow(2, (pitch - CONCERT_PITCH) / 12.);
    }

    /** Left answers right and right answers left, three quarters of a beat later. */
    private void echo(Stereo solo, Score score) {
        float strength = (float) score.genre().number("echo");
        int delay = frame(45. / score.tempo());
        for (int i = delay; i < solo.frames(); i++) {
            float left = solo.left()[i - delay];
            solo.left()[i] += strength * solo.right()[i - delay];
            solo.right()[i] += strength * left * .8f;
        }
    }

    /** Brings a part to the loudness of its role, places it, and sends some of it into the room. */
    private static void add(Stereo solo, Role role, double space, Stereo mix, float[] sent) {
        double loudness = solo.loudness(SILENCE);
        if (loudness == 0) {
            return;
        }
        double gain = role.loudness() / loudness;
        float left = (float) (gain * Math.sqrt(2 * (1 - role.place())));
        float right = (float) (gain * Math.sqrt(2 * role.place()));
        float send = (float) (gain * role.space() * space);
        float across = (float) (1 - role.width()) / 2;
        for (int i = 0; i < sent.length; i++) {
            float apart = solo.left()[i] - solo.right()[i];
            mix.left()[i] += left * (solo.left()[i] - across * apart);
            mix.right()[i] += right * (solo.right()[i] + across * apart);
            sent[i] += send * (solo.left()[i] + solo.right()[i]);
        }
    }

    /** What chords are multiplied by so that each kick is heard; all 1 where the genre does not ask for it. */
    private float[] wayForTheKick(Score score, int frames) {
        float[] way = new float[frames];
        Arrays.fill(way, 1);
        double duck = score.genre().number("duck");
        int length = frame(WAY);
        for (Part part : score.parts()) {
            for (Note note : part.notes()) {
                if (duck > 0 && part.role() == Role.DRUMS && note.pitch() == Drum.KICK.pitch()) {
                    int start = frame(score.secondsAt(note.start()));
                    for (int i = 0; i < length && start + i < frames; i++) {
                        way[start + i] = (float) (1 - duck * (1 - (double) i / length));
                    }
                }
            }
        }
        return way;
    }

    private static void scale(float[] samples, float[] gains) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= gains[i];
        }
    }
}
