package io.victorhub.scheduling.loop;

import io.victorhub.spi.store.Outcome;
import io.victorhub.spi.store.Settlement;
import io.victorhub.spi.store.TaskStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several threads handed in, in the order they did, and what becomes of it in one turn. */
final class Batch {

    final List<Settlement> settlements;
    final List<Place> leaving;
    final List<Handed> going;

    /** Places that were leased beyond those that somebody of this batch goes on with. */
    List<Place> forOthers = List.of();

    /** Whether there may be work that this turn did not ask for. */
    boolean lookAgain;

    private final List<Handed> all;
    private final List<Handed> settling;

    /** @param latest what was handed in last, with what came before below it; null for nothing */
    Batch(@Nullable Handed latest) {
        int size = 0;
        for (Handed each = latest; each != null; each = each.below) {
            size++;
        }
        all = new ArrayList<>(size);
        settling = new ArrayList<>(size);
        settlements = new ArrayList<>(size);
        leaving = new ArrayList<>(size);
        going = new ArrayList<>(size);
        Handed next = reversed(latest);
        while (next != null) {
            add(next);
            next = next.below;
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

    private void add(Handed handed) {
        all.add(handed);
        if (handed.settlement != null && handed.leaving != null) {
            settling.add(handed);
            settlements.add(handed.settlement);
            leaving.add(handed.leaving);
        }
        if (handed.goesOn) {
            going.add(handed);
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void settled(List<Outcome> outcomes) {
        for (int i = 0; i < settling.size(); i++) {
            settling.get(i).kept(outcomes.get(i));
        }
    }

    /** First come, first served. */
    void leased(List<Place> places) {
        int some = Math.min(places.size(), going.size());
        for (int i = 0; i < some; i++) {
            going.get(i).next(places.get(i));
        }
        forOthers = places.subList(some, places.size());
    }

    /** One of them must not keep the others from being kept; {@return the places of those that are} */
    List<Place> settleOneByOne(TaskStore tasks, Throwable together) {
        List<Place> left = new ArrayList<>();
        for (int i = 0; i < settling.size(); i++) {
            Handed handed = settling.get(i);
            try {
                if (settling.size() == 1) {
                    handed.failed(together);
                } else {
                    handed.kept(tasks.settle(List.of(settlements.get(i))).get(0));
                    left.add(leaving.get(i));
                }
            } catch (RuntimeException | Error e) {
                handed.failed(e);
            }
        }
        return left;
    }

    /** Nothing could be leased: those that only look deal with that, or somebody must look anew. */
    void leasingFailed(Throwable why) {
        lookAgain = true;
        for (Handed handed : going) {
            if (handed.settlement == null) {
                handed.failed(why);
                lookAgain = false;
            }
        }
    }

    /** Nobody of it waits for ever, whatever went wrong. */
    void answer(@Nullable Throwable broken) {
        for (Handed handed : all) {
            if (broken != null && handed.outcome() == null && handed.failure() == null) {
                handed.failed(broken);
            }
            handed.answer();
        }
    }
}
