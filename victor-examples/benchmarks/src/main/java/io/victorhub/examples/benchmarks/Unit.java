package io.victorhub.examples.benchmarks;

import java.util.Locale;

/** What a figure counts, and how it is shown. */
public enum Unit {
    /** A rate; more is better. */
    PER_SECOND("/s"),
    /** A time; less is better. */
    MICROSECONDS("µs"),
    /** A time; less is better. */
    MILLISECONDS("ms"),
    /** A time; less is better. */
    SECONDS("s"),
    /** Memory; less is better. */
    BYTES("B"),
    /** Memory, in units of 2^20 bytes; less is better. */
    MEBIBYTES("MiB"),
    /** How many. */
    COUNT(""),
    /** A share, of a hundred. */
    PERCENT("%"),
    /** One figure by another. */
    TIMES("×");

    private static final int WHOLE = 100;

    private final String sign;

    Unit(String sign) {
        this.sign = sign;
    }

    /** {@return the value with three digits or more, and its unit} */
    public String show(double value) {
        return this == COUNT ? String.format(Locale.ROOT, "%,.0f", value) : digits(value) + " " + sign;
    }

    /** {@return the value with three digits or more} */
    public static String digits(double value) {
        double size = Math.abs(value);
        String format = size >= WHOLE ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
