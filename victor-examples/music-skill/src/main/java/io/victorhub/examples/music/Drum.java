package io.victorhub.examples.music;

/**
 * What a drummer plays: a pitch of the General MIDI drum channel, and a recipe of a falling tone and of noise. Times are
 * seconds in which something shrinks to about a third.
 */
enum Drum {
    KICK(36, new Recipe(1, 45, 130, .025, .13, .04, .004, 2000)),
    RIM(37, new Recipe(.6, 820, 900, .01, .02, .5, .012, 3000)),
    SNARE(38, new Recipe(.5, 180, 120, .02, .06, .7, .09, 1500)),
    CLAP(39, new Recipe(0, 100, 0, .01, .01, 1, .09, 1200)),
    HAT(42, new Recipe(0, 100, 0, .01, .01, .5, .022, 7500)),
    TOM(45, new Recipe(1, 78, 60, .04, .2, .12, .03, 900)),
    OPEN_HAT(46, new Recipe(0, 100, 0, .01, .01, .45, .13, 7000)),
    CRASH(49, new Recipe(0, 100, 0, .01, .01, .45, .6, 5000)),
    RIDE(51, new Recipe(.12, 3150, 0, .01, .25, .25, .2, 8000)),
    SHAKER(70, new Recipe(0, 100, 0, .01, .01, .35, .04, 6000));

    /**
     * How a drum is made.
     *
     * @param tone how loud the tone is, 0 to 1
     * @param frequency where the tone ends, in hertz
     * @param drop how far above it begins, in hertz
     * @param dropTime how fast it falls
     * @param toneTime how fast it fades
     * @param noise how loud the noise is, 0 to 1
     * @param noiseTime how fast it fades
     * @param lowest what of the noise lies below is taken out, in hertz
     */
    record Recipe(
            double tone,
            double frequency,
            double drop,
            double dropTime,
            double toneTime,
            double noise,
            double noiseTime,
            double lowest) {}

    private final int pitch;

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    private final Recipe recipe;

    Drum(int pitch, Recipe recipe) {
        this.pitch = pitch;
        this.recipe = recipe;
    }

    /** {@return the MIDI pitch that stands for it} */
    int pitch() {
        return pitch;
    }

    /** {@return how it is made} */
    Recipe recipe() {
        return recipe;
    }
}
