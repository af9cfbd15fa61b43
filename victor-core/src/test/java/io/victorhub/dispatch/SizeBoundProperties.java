package io.victorhub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.victorhub.spi.Artifact;
import io.victorhub.spi.Choice;
import io.victorhub.spi.Details;
import io.victorhub.spi.Execution;
import io.victorhub.spi.Execution.Trouble;
import io.victorhub.spi.Result.Reason;
import io.victorhub.spi.SkillRef;
import io.victorhub.store.Stores;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** No execution is longer than its bound, whichever part of it is long and of whatever characters it is made. */
class SizeBoundProperties {

    private static final int PARTS = 15;

    @Property(tries = 600)
    void isNeverLessThanWhatIsWritten(@ForAll("texts") String text, @ForAll @IntRange(max = PARTS - 1) int part) {
        Execution execution = with(part, text, base()).build();

        assertThat(SizeBound.of(execution))
                .isGreaterThanOrEqualTo(Stores.codec().encode(execution).length);
    }

    @Property(tries = 100)
    void isWithinReachOfWhatIsWritten(@ForAll("texts") String text, @ForAll @IntRange(max = PARTS - 1) int part) {
        Execution execution = with(part, text, base()).build();

        assertThat(SizeBound.of(execution))
                .isLessThan(5_000 + 13L * Stores.codec().encode(execution).length);
    }

    /** Everything is as long as it may be that no part below makes longer. */
    private static Execution.Builder base() {
        return Execution.of("\u65e5".repeat(200), "t".repeat(100))
                .startedAt(Instant.MIN)
                .retryAt(Instant.MAX)
                .duration(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))
                .queueWait(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))
                .attempt(Integer.MAX_VALUE)
                .round(Integer.MAX_VALUE)
                .status(Execution.Status.CANCELLED)
                .details(details(Map.of(), List.of()))
                .trouble(Trouble.of(Reason.INVALID_RESULT, ""));
    }

    private static Execution.Builder with(int part, String text, Execution.Builder builder) {
        switch (part) {
            case 0:
                return builder.output(text);
            case 1:
                return builder.output(List.of(text, List.of(text), Map.of(text, text)));
            case 2:
                return builder.output(Collections.nCopies(text.length(), BigInteger.TEN.pow(900)));
            case 3:
                return builder.output(Collections.nCopies(text.length(), Long.MIN_VALUE));
            case 4:
                return builder.output(Collections.nCopies(text.length(), -Double.MIN_NORMAL));
            case 5:
                return builder.output(Collections.nCopies(text.length(), Map.of("", false)));
            case 6:
                return builder.details(details(Map.of(text, text), List.of()));
            case 7:
                Artifact artifact = new Artifact(
                        "a/b" + "b".repeat(text.length()), "text/plain", Long.MAX_VALUE, "sha256:" + "0a".repeat(32));
                return builder.details(details(Map.of(), Collections.nCopies(text.length(), artifact)));
            case 8:
                return builder.trouble(Trouble.of(Reason.INVALID_RESULT, text));
            case 9:
                return builder.trouble(new Trouble(Reason.INVALID_RESULT, "", Optional.of(text), Optional.of(text)));
            case 10:
                return builder.missing(text);
            case 11:
                return builder.lines(Collections.nCopies(20, text));
            case 12:
                return builder.node(text);
            case 13:
                return builder.skill(new SkillRef("s".repeat(100), "1")).choice(choice(Map.of(text, text), 1, text));
            default:
                return builder.choice(choice(Map.of(), text.length(), ""));
        }
    }

    private static Details details(Map<String, Object> metadata, List<Artifact> artifacts) {
        return new Details(Double.MIN_NORMAL, OptionalDouble.of(Double.MIN_NORMAL), metadata, artifacts);
    }

    private static Choice choice(Map<String, Object> features, int candidates, String text) {
        SkillRef skill = new SkillRef("s".repeat(100), "1.0.0-snapshot");
        return new Choice(
                Collections.nCopies(candidates, skill),
                features,
                Long.MIN_VALUE,
                text,
                text,
                OptionalDouble.of(Double.MIN_NORMAL),
                text);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "\u0001", "\"", "\u65e5", "\uD83C\uDFB5")
                .flatMap(character -> Arbitraries.of(0, 1, 50, 500).map(character::repeat));
    }
}
