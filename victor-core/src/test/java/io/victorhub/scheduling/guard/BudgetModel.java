package io.victorhub.scheduling.guard;

import io.victorhub.scheduling.Budget;
import io.victorhub.scheduling.Budget.Kind;
import io.victorhub.scheduling.Budget.Limit;
import io.victorhub.scheduling.Budget.Scope;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** What was spent, as simply as can be: a list of all that ever ran, gone through again for every question. */
final class BudgetModel {

    /** An attempt, in the log or not. */
    static final class Ran {
        final String type;
        final String skill;
        final Instant began;
        BigDecimal cost = BigDecimal.ZERO;

        Ran(String type, String skill, Instant began) {
            this.type = type;
            this.skill = skill;
            this.began = began;
        }
    }

    /** More of one limit in the period that holds an instant. */
    record More(Scope scope, Limit limit, Instant in, double amount) {}

    final List<Ran> logged = new ArrayList<>();
    final List<Ran> pending = new ArrayList<>();
    final List<More> more = new ArrayList<>();
    private final ZoneId zone;

    BudgetModel(ZoneId zone) {
        this.zone = zone;
    }

    double spent(Scope scope, Limit limit, Instant now) {
        return sum(logged, scope, limit, now);
    }

    double running(Scope scope, Limit limit, Instant now) {
        return sum(pending, scope, limit, now);
    }

    double allowed(Budget budget, Limit limit, Instant now) {
        return budget.most(limit).orElseThrow()
                + more.stream()
                        .filter(one -> one.scope().equals(budget.scope())
                                && one.limit() == limit
                                && same(limit, one.in(), now))
                        .mapToDouble(More::amount)
                        .sum();
    }

    boolean isUsedUp(Budget budget, Instant now) {
        return budget.limits().keySet().stream()
                .anyMatch(limit -> spent(budget.scope(), limit, now) + running(budget.scope(), limit, now)
                        >= allowed(budget, limit, now));
    }

    private double sum(List<Ran> all, Scope scope, Limit limit, Instant now) {
        List<Ran> counting = all.stream()
                .filter(ran -> of(scope, ran) && same(limit, ran.began, now))
                .toList();
        return limit.isOfRuns()
                ? counting.size()
                : counting.stream()
                        .map(ran -> ran.cost)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .doubleValue();
    }

    private static boolean of(Scope scope, Ran ran) {
        return scope.kind() == Kind.HUB || scope.name().equals(scope.kind() == Kind.TYPE ? ran.type : ran.skill);
    }

    private boolean same(Limit limit, Instant a, Instant b) {
        ZonedDateTime one = a.atZone(zone);
        ZonedDateTime other = b.atZone(zone);
        LocalDate day = one.toLocalDate();
        return day.equals(other.toLocalDate())
                && (limit.isDaily()
                        || one.getHour() == other.getHour() && one.getOffset().equals(other.getOffset()));
    }
}
