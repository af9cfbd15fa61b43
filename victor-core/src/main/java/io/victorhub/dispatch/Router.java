package io.victorhub.dispatch;

import io.victorhub.routing.Candidate;
import io.victorhub.routing.Selection;
import io.victorhub.routing.SelectionPolicy;
import io.victorhub.routing.TaskFeatures;
import io.victorhub.spi.Choice;
import io.victorhub.spi.JsonValues;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.store.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the policy, and keeps going where it fails. */
final class Router {

    /**
     * The skill that gets the task.
     *
     * @param skill one of those that could
     * @param choice how it was chosen
     */
    record Routed(Candidates.Able skill, Choice choice) {}

    /** Features as they are kept with the choice. */
    private record Kept(TaskFeatures of, Map<String, @Nullable Object> map) {
        boolean isOf(TaskFeatures features) { // the rest is not in the map
            return of.hour() == features.hour()
                    && of.weekday() == features.weekday()
                    && of.priority() == features.priority()
                    && of.inputs() == features.inputs();
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Router.class);
    private static final OptionalDouble FOR_SURE = OptionalDouble.of(1);

    private final SelectionPolicy policy;
    private final String policyName;
    private final DispatchSettings settings;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile @Nullable Kept lastKept;

    Router(SelectionPolicy policy, DispatchSettings settings) {
        this.policy = policy;
        this.policyName = Objects.requireNonNull(policy.name(), "policy.name()");
        this.settings = settings;
    }

    Routed route(Lease lease, List<Candidates.Able> able, Instant now) {
        TaskFeatures features = TaskFeatures.of(lease.task(), lease.submission().noExplore(), now, settings.zone());
        long seed = seed(lease);
        Selection selection = able.size() == 1 ? onlyOne(able.get(0)) : select(features, able, seed);
        Candidates.Able chosen = able.get(0);
        List<SkillRef> candidates = List.of(chosen.handle().ref());
        if (able.size() > 1) {
            candidates = new ArrayList<>(able.size());
            for (Candidates.Able one : able) {
                SkillRef skill = one.handle().ref();
                candidates.add(skill);
                if (skill.equals(selection.skill())) {
                    chosen = one;
                }
            }
        }
        Choice choice = new Choice(
                candidates,
                kept(features),
                seed,
                policyName,
                selection.position(),
                selection.propensity(),
                selection.explanation());
        return new Routed(chosen, choice);
    }

    /** Tasks that come together are much alike. */
    private Map<String, @Nullable Object> kept(TaskFeatures features) {
        Kept last = lastKept;
        if (last == null || !last.isOf(features)) {
            last = new Kept(features, JsonValues.copyOfObject("features", features.toMap()));
            lastKept = last;
        }
        return last.map();
    }

    private Selection select(TaskFeatures features, List<Candidates.Able> able, long seed) {
        List<Candidate> candidates = new ArrayList<>(able.size());
        for (Candidates.Able one : able) {
            candidates.add(
                    new Candidate(one.handle().ref(), one.cost(), one.load().running()));
        }
        try {
            Selection selection = policy.choose(features, Collections.unmodifiableList(candidates), seed);
            for (Candidate candidate : candidates) {
                if (candidate.skill().equals(selection.skill())) {
                    return selection;
                }
            }
            warn("chose skill " + selection.skill() + ", which is no candidate", null);
        } catch (Throwable t) {
            if (t instanceof VirtualMachineError error && !(t instanceof StackOverflowError)) {
                throw error;
            }
            warn("threw", t);
        }
        return new Selection(candidates.get(0).skill(), FOR_SURE, "", "the policy failed; the first one");
    }

    private static Selection onlyOne(Candidates.Able able) {
        return new Selection(able.handle().ref(), FOR_SURE, "", "the only candidate");
    }

    private void warn(String what, @Nullable Throwable thrown) {
        if (warned.compareAndSet(false, true)) {
            log.warn(
                    "selection policy {} {}; the first candidate gets the task, and will each time",
                    policyName,
                    what,
                    thrown);
        }
    }

    /** The same task, attempt and hub's seed give the same randomness; mixed as in SplitMix64. */
    private long seed(Lease lease) {
        long z = settings.seed()
                + 0x9E3779B97F4A7C15L * (lease.taskId().hashCode() * 31L + lease.round() * 1009L + lease.attempt());
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
