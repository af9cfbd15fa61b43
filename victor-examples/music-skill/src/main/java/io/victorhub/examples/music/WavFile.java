package io.victorhub.examples.music;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes sound as a WAV file: uncompressed, 16 bits a sample, two channels. */
final class WavFile {

    private static final int HEADER = 44;
    private static final int CHANNELS = 2;
    private static final int FRAME = 2 * CHANNELS;
    private static final int FULL_SCALE = 32767;

    private WavFile() {}

    /** {@return the bytes of the file} */
    static byte[] of(Stereo sound) {
        int size = sound.frames() * FRAME;
        ByteBuffer file = ByteBuffer.allocate(HEADER + size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(text("RIFF")).putInt(HEADER - 8 + size).put(text("WAVE"));
        file.put(text("fmt ")).putInt(16).putShort((short) 1).putShort((short) CHANNELS);
        file.putInt(sound.rate())
                .putInt(sound.rate() * FRAME)
                .putShort((short) FRAME)
                .putShort((short) 16);
        file.put(text("data")).putInt(size);
        for (int i = 0; i < sound.frames(); i++) {
            file.putShort(sample(sound.left()[i])).putShort(sample(sound.right()[i]));
        }
        return file.array();
    }

    private static short sample(float value) {
        return (short) Math.round(FULL_SCALE * Math.max(-1, Math.min(1, value)));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
