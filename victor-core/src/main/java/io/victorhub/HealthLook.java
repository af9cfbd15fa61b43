package io.victorhub;

import io.victorhub.Health.Code;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks everybody who knows of trouble, and remembers since when there is some. For any thread, at any time. */
final class HealthLook {

    private static final Logger log = LoggerFactory.getLogger(HealthLook.class);

    /** Of a kind of reason more are no news. */
    private static final int MOST_OF_A_CODE = 20;

    /** Says what it knows; may throw where it cannot know, such as of a store that is closed. */
    @FunctionalInterface
    interface Probe {
        void look(Instant now, Findings findings);
    }

    private record Key(Code code, String subject) {}

    /** What one look has found. */
    static final class Findings {
        private final Map<Key, Instant> noticed;
        private final Instant now;
        private final List<Health.Reason> reasons = new ArrayList<>();
        private final Set<Key> found = new HashSet<>();

        private Findings(Map<Key, Instant> noticed, Instant now) {
            this.noticed = noticed;
            this.now = now;
        }

        void add(Code code, String sentence) {
            add(code, "", sentence, null);
        }

        void add(Code code, String subject, String sentence, @Nullable Instant since) {
            Key key = new Key(code, subject);
            if (found.stream().filter(one -> one.code() == code).count() < MOST_OF_A_CODE && found.add(key)) {
                Instant first = noticed.computeIfAbsent(key, one -> since == null ? now : since);
                reasons.add(new Health.Reason(code, subject, sentence, since == null ? first : since));
            }
        }
    }

    private final InstantSource clock;
    private final List<Probe> probes;
    private final Map<Key, Instant> noticed = new ConcurrentHashMap<>();

    HealthLook(InstantSource clock, List<Probe> probes) {
        this.clock = clock;
        this.probes = List.copyOf(probes);
    }

    Health look() {
        Instant now = clock.instant();
        Findings findings = new Findings(noticed, now);
        for (Probe probe : probes) {
            try {
                probe.look(now, findings);
            } catch (RuntimeException e) {
                log.debug("somebody could not say whether all is well", e);
            }
        }
        noticed.keySet().retainAll(findings.found); // what is over begins anew when it comes again
        List<Health.Reason> reasons = findings.reasons;
        reasons.sort(Comparator.comparing(Health.Reason::code).thenComparing(Health.Reason::subject));
        Health.State worst = reasons.stream()
                .map(reason -> reason.code().state())
                .max(Comparator.naturalOrder())
                .orElse(Health.State.UP);
        return new Health(worst, now, reasons);
    }
}
