package io.victorhub.dispatch;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes texts that plug-in code gave fit to be kept. */
final class Texts {

    private Texts() {}

    /** The text without halves of surrogate pairs, cut to a length. */
    static String kept(String text, int longest) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), longest));
        int i = 0;
        while (i < text.length() && out.length() < longest) {
            int codePoint = text.codePointAt(i);
            boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            out.appendCodePoint(half ? '\uFFFD' : codePoint);
            i += Character.charCount(codePoint);
        }
        return i < text.length() ? out.append('…').toString() : out.toString();
    }

    /** Where plug-in code threw; nothing if it throws when asked. */
    static StackTraceElement[] frames(Throwable thrown) {
        try {
            return thrown.getStackTrace();
        } catch (Throwable t) {
            if (t instanceof VirtualMachineError error && !(t instanceof StackOverflowError)) {
                throw error;
            }
            return new StackTraceElement[0];
        }
    }

    /** What plug-in code says of itself, even if it throws while saying it. */
    static String of(Supplier<@Nullable String> text, int longest) {
        try {
            String said = text.get();
            return said == null ? "" : kept(said, longest);
        } catch (Throwable t) {
            if (t instanceof VirtualMachineError error && !(t instanceof StackOverflowError)) {
                throw error;
            }
            return "(it could not be read: " + t.getClass().getName() + ")";
        }
    }
}
