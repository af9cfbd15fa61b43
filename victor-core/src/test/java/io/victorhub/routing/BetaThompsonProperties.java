package io.victorhub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.LogEntry;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import io.victorhub.spi.store.Position;
import io.victorhub.testing.Executions;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BetaThompsonProperties {

    private static final List<Candidate> CANDIDATES = List.of("a", "b", "c").stream()
            .map(name -> new Candidate(new SkillRef(name, "1"), 0, 0))
            .toList();

    @Property(tries = 200)
    void sameLogAndSeedGiveTheSameChoice(
            @ForAll("logs") List<LogEntry> log, @ForAll long seed, @ForAll boolean noExplore) {
        TaskFeatures features = new TaskFeatures("t", 5, 0, 9, 1, noExplore);

        Selection first = learned(log).choose(features, CANDIDATES, seed);
        Selection afterRestart = learned(log).choose(features, CANDIDATES, seed);

        assertThat(afterRestart).isEqualTo(first);
    }

    @Property(tries = 200)
    void choosingTeachesNothing(@ForAll("logs") List<LogEntry> log, @ForAll long seed, @ForAll long other) {
        TaskFeatures features = new TaskFeatures("t", 5, 0, 9, 1, false);
        BetaThompson policy = learned(log);

        Selection before = policy.choose(features, CANDIDATES, seed);
        policy.choose(features, CANDIDATES, other);

        assertThat(policy.choose(features, CANDIDATES, seed)).isEqualTo(before);
    }

    @Property(tries = 200)
    void theChoiceIsAlwaysACandidate(@ForAll("logs") List<LogEntry> log, @ForAll long seed) {
        List<Candidate> some = CANDIDATES.subList(1, 3);

        Selection selection = learned(log).choose(new TaskFeatures("t", 5, 0, 9, 1, false), some, seed);

        assertThat(some).extracting(Candidate::skill).contains(selection.skill());
    }

    @Provide
    Arbitrary<List<LogEntry>> logs() {
        Arbitrary<String> types = Arbitraries.of("t", "other");
        Arbitrary<String> skills = Arbitraries.of("a", "b", "c");
        Arbitrary<LogEntry> successes = Combinators.combine(types, skills).as(Executions::success);
        Arbitrary<LogEntry> failures =
                Combinators.combine(types, skills, Arbitraries.of(Reason.class)).as(Executions::failure);
        Arbitrary<LogEntry> parts = Combinators.combine(
                        types, skills, Arbitraries.doubles().between(0, 1))
                .as((type, skill, quality) -> Executions.partial(type, skill, quality));
        return Arbitraries.oneOf(successes, failures, parts).list().ofMaxSize(60);
    }

    private static BetaThompson learned(List<LogEntry> log) {
        BetaThompson policy = BetaThompson.create();
        for (int i = 0; i < log.size(); i++) {
            policy.learn(new Position(Integer.toString(i + 1)), log.get(i));
        }
        return policy;
    }
}
