package io.victorhub.spi.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of {@link TaskStore#turnOver}.
 *
 * @param outcomes what became of each settlement, in their order
 * @param leases what was handed out then
 * @param trouble why nothing was handed out although the settlements are kept; empty where leasing worked
 * @since 0.1
 */
public record Turnover(List<Outcome> outcomes, List<Lease> leases, Optional<RuntimeException> trouble) {

    /** Copies the lists. */
    public Turnover {
        outcomes = List.copyOf(outcomes);
        leases = List.copyOf(leases);
        Objects.requireNonNull(trouble, "trouble");
    }

    /** {@return what came of it where both halves worked} */
    public static Turnover of(List<Outcome> outcomes, List<Lease> leases) {
        return new Turnover(outcomes, leases, Optional.empty());
    }
}
