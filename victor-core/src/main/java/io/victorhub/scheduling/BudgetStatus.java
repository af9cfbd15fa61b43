package io.victorhub.scheduling;

import java.time.Instant;
import java.util.Objects;

/**
 * How one limit of a budget stands in the current hour or day.
 *
 * @param scope whose budget it is
 * @param limit what is limited
 * @param allowed the most, with what was granted for this period
 * @param spent what the log says was spent
 * @param running what runs, and what has ended and is not counted yet: so many attempts, or what they are estimated to cost
 * @param until when the period ends, and the next one begins with nothing spent
 * @since 0.1
 */
public record BudgetStatus(
        Budget.Scope scope, Budget.Limit limit, double allowed, double spent, double running, Instant until) {

    /** Sums of costs that are this close to a limit have reached it: ten times 0.1 is 1. */
    private static final double NEARLY = 1 - 1e-9;

    /** Checks that nothing is missing. */
    public BudgetStatus {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(until, "until");
    }

    /** {@return whether nothing more may begin that it concerns} */
    public boolean isUsedUp() {
        return spent + running >= reachedFrom(allowed, limit);
    }

    /** {@return from where on a limit is reached} */
    public static double reachedFrom(double allowed, Budget.Limit limit) {
        return limit.isOfRuns() ? allowed : allowed * NEARLY;
    }

    /** {@return how it stands, in a sentence} */
    public String text() {
        return "the budget of " + scope.text() + " (" + number(allowed) + " " + limit.text() + ") "
                + (isUsedUp() ? "is used up until " + until : "has " + number(spent + running) + " spent");
    }

    private static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }
}
