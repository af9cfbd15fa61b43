package io.victorhub.store.known;

import org.jspecify.annotations.Nullable;

/**
 * Which runs become one next: those from {@code start} up to but not including {@code end}. A run is merged with all newer
 * ones when they hold as much as it does. So the sizes of runs at least halve from one to the next, their number grows with
 * the logarithm of their entries, and an entry is written again about as often as there are runs.
 */
record MergePlan(int start, int end) {

    /**
     * {@return what is due, or null}
     *
     * @param unit how many entries a full table has; a smaller run counts as one of that size
     */
    static @Nullable MergePlan of(Run[] runs, long floor, int unit) {
        int start = 0;
        boolean leading = true;
        long newer = 0;
        for (int i = 0; i < runs.length; i++) {
            long entries = runs[i].header().entries();
            if (entries > 0 && runs[i].isBelow(floor)) {
                return new MergePlan(i, i + 1); // an empty one takes its place
            }
            leading &= entries == 0;
            if (leading && i > 0) {
                return new MergePlan(0, 2); // both empty
            }
            if (leading || runs[i].isDamaged()) {
                start = i + 1; // the empty one before all others is not worth that they are written again
                newer = 0;
            } else {
                newer += weight(runs[i], unit);
            }
        }
        for (int i = start; i < runs.length - 1; i++) {
            newer -= weight(runs[i], unit);
            if (weight(runs[i], unit) <= newer) {
                return new MergePlan(i, runs.length);
            }
        }
        return null;
    }

    private static long weight(Run run, int unit) {
        return Math.max(run.header().entries(), unit);
    }
}
