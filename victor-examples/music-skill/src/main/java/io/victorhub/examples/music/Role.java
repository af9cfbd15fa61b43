package io.victorhub.examples.music;

/** What a part does in a piece, and how it is placed in the mix. */
enum Role {
    MELODY("Melody", 0, .105, .55, .6, .5),
    CHORDS("Chords", 1, .062, .38, .6, .5),
    PAD("Pad", 2, .045, .5, .7, .7),
    BASS("Bass", 3, .1, .5, 0, .05),
    DRUMS("Drums", 9, .075, .5, 1, .15);

    private final String title;
    private final int channel;
    private final double loudness;
    private final double place;
    private final double width;
    private final double space;

    Role(String title, int channel, double loudness, double place, double width, double space) {
        this.title = title;
        this.channel = channel;
        this.loudness = loudness;
        this.place = place;
        this.width = width;
        this.space = space;
    }

    /** {@return its name for a reader} */
    String title() {
        return title;
    }

    /** {@return its MIDI channel, from 0} */
    int channel() {
        return channel;
    }

    /** {@return how loud it is on average while it plays: root mean square, full scale being 1} */
    double loudness() {
        return loudness;
    }

    /** {@return where it stands, 0 on the left to 1 on the right} */
    double place() {
        return place;
    }

    /** {@return how far its left and right are kept apart, 0 to 1} */
    double width() {
        return width;
    }

    /** {@return how much of it goes to the reverberation, 0 to 1} */
    double space() {
        return space;
    }
}
