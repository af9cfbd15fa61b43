package io.victorhub.examples.benchmarks;

/**
 * A line of the table.
 *
 * @param id its contestant's name, and behind a dot what is measured of it
 * @param label what it says to a reader
 * @param unit what its figures count
 */
public record Row(String id, String label, Unit unit) {}
