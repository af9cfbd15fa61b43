package io.victorhub.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 and says at which byte it is none. A byte order mark at the beginning is passed over. One thread. */
final class StrictUtf8 extends Reader {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final ByteBuffer bytes = ByteBuffer.allocate(16 << 10).limit(0);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private long decoded;
    private boolean begun;
    private boolean ended;

    StrictUtf8(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length < 2) {
            throw new IllegalArgumentException("a buffer of " + length + " may be too small for one character");
        }
        CharBuffer out = CharBuffer.wrap(target, offset, length).slice();
        while (true) {
            int before = bytes.position();
            CoderResult result = decoder.decode(bytes, out, ended);
            decoded += bytes.position() - before;
            if (result.isError()) {
                throw new JsonException(
                        "it is not UTF-8 at byte " + decoded + "; save it as UTF-8",
                        0,
                        0,
                        new CharacterCodingException());
            }
            if (out.position() > 0) {
                return out.position();
            }
            if (ended) {
                return -1;
            }
            fill();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void fill() throws IOException {
        bytes.compact();
        int wanted = bytes.remaining();
        int read = in.readNBytes(bytes.array(), bytes.position(), wanted);
        ended = read < wanted;
        bytes.position(bytes.position() + read).flip();
        if (!begun) {
            begun = true;
            passOverMark();
        }
    }

    private void passOverMark() {
        if (bytes.remaining() >= MARK.length
                && bytes.get(0) == MARK[0]
                && bytes.get(1) == MARK[1]
                && bytes.get(2) == MARK[2]) {
            bytes.position(MARK.length);
            decoded = MARK.length;
        }
    }
}
