package io.victorhub.dashboard;

import io.victorhub.scheduling.Pause;
import io.victorhub.scheduling.RecurringStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** Figures in words, the same in every locale. */
final class Figures {

    static final String NOT_ENOUGH = "not enough data";

    private static final long HOURS_FROM_MINUTES = 2 * 60;
    private static final long DAYS_FROM_HOURS = 14 * 24;

    private Figures() {}

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String count(long number, String thing) {
        return number(number) + " " + thing + (number == 1 ? "" : "s");
    }

    /** Seconds below 2 minutes, minutes below 2 hours, hours below 14 days, then days; what is begun does not count. */
    static String uptime(Duration uptime) {
        if (uptime.toMinutes() < 2) {
            return count(uptime.toSeconds(), "second");
        }
        if (uptime.toMinutes() < HOURS_FROM_MINUTES) {
            return count(uptime.toMinutes(), "minute");
        }
        return uptime.toHours() < DAYS_FROM_HOURS ? count(uptime.toHours(), "hour") : count(uptime.toDays(), "day");
    }

    /** With one decimal; 100.0 and 0.0 only where nothing is missing or there. */
    static String rate(OptionalDouble rate) {
        if (rate.isEmpty()) {
            return NOT_ENOUGH;
        }
        BigDecimal percent = new BigDecimal(Double.toString(rate.getAsDouble())).movePointRight(2);
        boolean inside = percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(100)) < 0;
        BigDecimal shown = percent.setScale(1, RoundingMode.HALF_UP);
        if (inside) {
            shown = shown.max(new BigDecimal("0.1")).min(new BigDecimal("99.9"));
        }
        return shown.toPlainString() + "%";
    }

    static String percent(double fraction) {
        return Math.round(fraction * 100) + "%";
    }

    static String pause(Pause pause) {
        return pause.type().orElse("all types")
                + pause.until().map(until -> " until " + until).orElse("")
                + (pause.reason().isEmpty() ? "" : ": " + pause.reason());
    }

    static String recurring(RecurringStatus status) {
        return status.name() + " (" + status.definition().schedule() + "): " + "next " + status.next()
                + (status.paused() ? ", paused" : "") + ", " + count(status.runs(), "run");
    }

    /** An arrow and at most one decimal. */
    static String trend(DashboardTrend trend) {
        if (!(trend instanceof DashboardTrend.Change change)) {
            return NOT_ENOUGH;
        }
        BigDecimal percent = new BigDecimal(Double.toString(change.amount()))
                .movePointRight(2)
                .setScale(1, RoundingMode.HALF_UP);
        String arrow = percent.signum() > 0 ? "↑" : percent.signum() < 0 ? "↓" : "→";
        BigDecimal size = percent.abs();
        boolean whole = size.stripTrailingZeros().scale() <= 0;
        String digits = String.format(Locale.ROOT, whole ? "%,.0f" : "%,.1f", size);
        return arrow + " " + digits + "% (last week)";
    }
}
