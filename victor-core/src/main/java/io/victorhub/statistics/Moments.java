package io.victorhub.statistics;

/**
 * Count, mean and variance of numbers that come one by one, in constant memory. Used by one thread at a time.
 *
 * <p>Sources: B. P. Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4
 * (1962), for adding a number; T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing the sample variance",
 * The American Statistician 37 (1983), for adding many.
 */
public final class Moments {

    private long count;
    private double mean;
    private double squares; // sum of squared distances from the mean

    /** Creates one that has seen no number. */
    public Moments() {}

    /** Adds a number. */
    public void add(double value) {
        count++;
        double distance = value - mean;
        mean += distance / count;
        squares += distance * (value - mean);
    }

    /** Adds all numbers that {@code other} has seen. */
    public void addAll(Moments other) {
        if (other.count == 0) {
            return;
        }
        long all = count + other.count;
        double distance = other.mean - mean;
        squares += other.squares + distance * distance * ((double) count * other.count / all);
        mean += distance * other.count / all;
        count = all;
    }

    /** {@return how many numbers it has seen} */
    public long count() {
        return count;
    }

    /** {@return their mean; 0 where there are none} */
    public double mean() {
        return mean;
    }

    /** {@return their variance, divided by one less than their count; 0 where there are fewer than two} */
    public double variance() {
        return count < 2 ? 0 : squares / (count - 1);
    }
}
