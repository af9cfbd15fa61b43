package io.victorhub.examples.music;

/** What parts are played on: a program of General MIDI, and a tone of this jar's own that comes near it. */
enum Instrument {
    GRAND_PIANO(0, new Blend(Wave.MELLOW, Wave.HAMMER, .35, .05, new Envelope(.003, 1.1, 0, .12), 3, 0)),
    ELECTRIC_PIANO(4, new Chime(1, .22, .5, new Envelope(.004, 1.4, 0, .15), 5)),
    MUSIC_BOX(10, new Chime(4, .18, .25, new Envelope(.002, .7, 0, .3), 4)),
    MARIMBA(12, new Blend(Wave.SINE, Wave.WOOD, .06, 0, new Envelope(.002, .32, 0, .12), 2, 0)),
    GLASS_BELL(98, new Chime(3, .16, .8, new Envelope(.004, 1.4, 0, .5), 6)),
    NYLON_GUITAR(24, new Pluck(3.2, .35, .15)),
    STEEL_GUITAR(25, new Pluck(4.2, .9, .15)),
    MUTED_GUITAR(28, new Pluck(.8, .7, .06)),
    FINGER_BASS(33, new Blend(Wave.TRIANGLE, Wave.MELLOW, .25, .3, new Envelope(.006, .9, .25, .06), 0, 0)),
    SYNTH_BASS(38, new Blend(Wave.MELLOW, Wave.SAW, .12, .1, new Envelope(.004, .5, .5, .05), 4, 0)),
    SUB_BASS(39, new Blend(Wave.SINE, Wave.TRIANGLE, .5, .4, new Envelope(.03, 2, .8, .3), 0, 0)),
    STRINGS(48, new Blend(Wave.MELLOW, Wave.SAW, 2, .35, new Envelope(.18, 2, .85, .25), 12, 7)),
    SHORT_STRINGS(45, new Blend(Wave.MELLOW, Wave.SAW, .2, .2, new Envelope(.02, .3, .15, .1), 9, 0)),
    LOW_STRINGS(43, new Blend(Wave.MELLOW, Wave.SAW, 1, .3, new Envelope(.08, 2, .8, .2), 8, 5)),
    HORN(60, new Blend(Wave.MELLOW, Wave.SAW, .7, .25, new Envelope(.07, 1, .8, .12), 6, 6)),
    FLUTE(73, new Blend(Wave.SINE, Wave.PIPE, 1, .8, new Envelope(.06, 1, .85, .09), 3, 12)),
    SQUARE_LEAD(80, new Blend(Wave.TRIANGLE, Wave.SQUARE, .4, .5, new Envelope(.008, .8, .65, .08), 8, 8)),
    SAW_LEAD(81, new Blend(Wave.MELLOW, Wave.SAW, .5, .5, new Envelope(.008, .8, .7, .08), 14, 8)),
    SOFT_LEAD(82, new Blend(Wave.SINE, Wave.TRIANGLE, .8, .7, new Envelope(.04, 1, .75, .2), 7, 9)),
    SYNTH_PLUCK(84, new Blend(Wave.MELLOW, Wave.SAW, .09, .05, new Envelope(.003, .3, .1, .12), 10, 0)),
    SQUARE_KEYS(80, new Blend(Wave.TRIANGLE, Wave.SQUARE, .15, .2, new Envelope(.004, .4, .3, .1), 7, 0)),
    WARM_PAD(89, new Blend(Wave.MELLOW, Wave.SAW, 3, .15, new Envelope(.5, 3, .9, .5), 14, 4)),
    SAW_PAD(90, new Blend(Wave.MELLOW, Wave.SAW, 2, .4, new Envelope(.12, 2, .9, .25), 18, 4)),
    /** Played by {@link DrumKit}; the tone stands in for it nowhere. */
    DRUMS(0, (sound, out) -> {
        throw new IllegalStateException("drums have no pitch; a drum kit plays them");
    });

    private final int program;

    @SuppressWarnings("ImmutableEnumChecker") // all tones are records of numbers
    private final Tone tone;

    Instrument(int program, Tone tone) {
        this.program = program;
        this.tone = tone;
    }

    /** {@return its program in General MIDI, from 0} */
    int program() {
        return program;
    }

    /** {@return how it sounds} */
    Tone tone() {
        return tone;
    }
}
