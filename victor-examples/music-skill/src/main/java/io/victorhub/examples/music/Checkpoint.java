package io.victorhub.examples.music;

/** Where long work asks whether it shall go on. */
interface Checkpoint {

    /**
     * Asks.
     *
     * @throws InterruptedException if the work shall stop
     */
    void pass() throws InterruptedException;
}
