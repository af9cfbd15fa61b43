package io.victorhub.examples.music;

/** Where long work asks whether it shall go on. */
interface Checkpoint {

    /** @throws InterruptedException if it shall stop */
    void pass() throws InterruptedException;
}
