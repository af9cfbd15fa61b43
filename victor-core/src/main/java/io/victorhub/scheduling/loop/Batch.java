package io.victorhub.scheduling.loop;

import io.victorhub.spi.store.Disposition;
import io.victorhub.spi.store.Lease;
import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.TaskStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several threads handed in, in the order they did, and what becomes of it in one turn. */
final class Batch {

    /** Places that were leased beyond those that somebody of this batch goes on with. */
    List<Place> forOthers = List.of();

    /** Whether there may be work that this turn did not ask for. */
    boolean lookAgain;

    private final @Nullable Handed first;
    private List<Settlement> settlements = List.of();
    private List<Place> leaving = List.of();
    private int going;

    /** @param latest what was handed in last, with what came before below it; null for nothing */
    Batch(@Nullable Handed latest) {
        first = reversed(latest);
        for (Handed each = first; each != null; each = each.below) {
            Settlement settlement = each.settlement;
            Place place = each.leaving;
            if (settlement != null && place != null) {
                settlements = with(settlements, settlement);
                leaving = with(leaving, place);
            }
            going += each.goesOn ? 1 : 0;
        }
    }

    private static @Nullable Handed reversed(@Nullable Handed latest) {
        Handed first = null;
        Handed each = latest;
        while (each != null) {
            Handed below = each.below;
            each.below = first;
            first = each;
            each = below;
        }
        return first;
    }

    /** Nearly always there is only one. */
    private static <T> List<T> with(List<T> some, T one) {
        if (some.isEmpty()) {
            return List.of(one);
        }
        List<T> more = some.size() == 1 ? new ArrayList<>(some) : some;
        more.add(one);
        return more;
    }

    boolean isEmpty() {
        return first == null;
    }

    List<Settlement> settlements() {
        return settlements;
    }

    /** The places that are given back with the settlements. */
    List<Place> leaving() {
        return leaving;
    }

    /** How many want to go on. */
    int going() {
        return going;
    }

    void settled(List<Outcome> outcomes) {
        int i = 0;
        for (Handed each = first; each != null; each = each.below) {
            if (each.settlement != null) {
                each.kept(outcomes.get(i++));
            }
        }
    }

    /** First come, first served. */
    void leased(List<Place> places) {
        int next = 0;
        for (Handed each = first; each != null && next < places.size(); each = each.below) {
            if (each.goesOn) {
                each.next(places.get(next++));
            }
        }
        forOthers = next == places.size() ? List.of() : places.subList(next, places.size());
    }

    /** Nobody goes on with what was leased. */
    void takeBack(TaskStore tasks, List<Lease> leases) {
        forOthers = List.of();
        for (Handed each = first; each != null; each = each.below) {
            each.next(null);
        }
        for (Lease lease : leases) {
            tasks.settle(List.of(Settlement.silent(lease, Disposition.released(lease.readyAt()))));
        }
    }

    /** Hears of a settlement that was kept. */
    interface Kept {
        void kept(Settlement settlement, Place place, Outcome outcome);
    }

    /** One of them must not keep the others from being kept; {@return the places of those that are} */
    List<Place> settleOneByOne(TaskStore tasks, Throwable together, Kept told) {
        List<Place> left = new ArrayList<>();
        for (Handed each = first; each != null; each = each.below) {
            Settlement settlement = each.settlement;
            Place place = each.leaving;
            if (settlement == null || place == null) {
                continue;
            } else if (settlements.size() == 1) {
                each.failed(together);
                continue;
            }
            try {
                Outcome outcome = tasks.settle(List.of(settlement)).get(0);
                each.kept(outcome);
                left.add(place);
                told.kept(settlement, place, outcome);
            } catch (RuntimeException | Error e) {
                each.failed(e);
            }
        }
        return left;
    }

    /** Nothing could be leased: those that only look deal with that, or somebody must look anew. */
    void leasingFailed(Throwable why) {
        lookAgain = true;
        for (Handed each = first; each != null; each = each.below) {
            if (each.settlement == null) {
                each.failed(why);
                lookAgain = false;
            }
        }
    }

    /** Nobody of it waits for ever, whatever went wrong. */
    void answer(@Nullable Throwable broken) {
        Handed each = first;
        while (each != null) {
            Handed next = each.below; // once it is answered it is its thread's
            if (broken != null && each.outcome() == null && each.failure() == null) {
                each.failed(broken);
            }
            each.answer();
            each = next;
        }
    }
}
