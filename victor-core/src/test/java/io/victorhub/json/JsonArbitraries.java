package io.victorhub.json;

import io.victorhub.spi.JsonValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Everything that may stand in a task or a log entry. */
final class JsonArbitraries {

    private JsonArbitraries() {}

    /** Texts of all characters, whole ones. */
    static Arbitrary<String> texts() {
        Arbitrary<Integer> codePoints = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 0x7F),
                Arbitraries.integers().between(0x80, 0xD7FF),
                Arbitraries.integers().between(0xE000, 0x10FFFF),
                Arbitraries.of((int) '"', (int) '\\', 0, (int) '\n', 0x2028, 0xFEFF, 0xFFFF));
        return codePoints.map(Character::toString).list().ofMaxSize(12).map(all -> String.join("", all));
    }

    static Arbitrary<String> ids() {
        return Arbitraries.of("a", "Z", "9", "-", "/", ":", "@", "ß", "日", "\uD83C\uDFB5", "\"", "\\")
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(all -> String.join("", all));
    }

    static Arbitrary<String> names() {
        return Arbitraries.of("a", "text.summarize", "0_-.", "x".repeat(100));
    }

    static Arbitrary<Instant> instants() {
        Arbitrary<Instant> any = Combinators.combine(
                        Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                        Arbitraries.longs().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        return Arbitraries.oneOf(any, Arbitraries.of(Instant.MIN, Instant.EPOCH, Instant.MAX));
    }

    static Arbitrary<Duration> durations() {
        Arbitrary<Duration> any = Combinators.combine(
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        Arbitraries.longs().between(0, 999_999_999))
                .as(Duration::ofSeconds);
        Arbitrary<Duration> brief = Arbitraries.longs().between(0, 1L << 50).map(Duration::ofNanos);
        return Arbitraries.oneOf(
                any,
                brief,
                Arbitraries.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)));
    }

    /** JSON values as a task or a result holds them. */
    static Arbitrary<Object> values() {
        return Arbitraries.recursive(
                        JsonArbitraries::leaves,
                        inner -> Arbitraries.oneOf(
                                inner.injectNull(.1)
                                        .list()
                                        .ofMaxSize(3)
                                        .map(ArrayList::new)
                                        .asGeneric(),
                                Arbitraries.maps(texts(), inner.injectNull(.1))
                                        .ofMaxSize(3)
                                        .map(LinkedHashMap::new)
                                        .asGeneric()),
                        0,
                        3)
                .map(JsonValues::copyOf);
    }

    static Arbitrary<Map<String, Object>> objects() {
        return Arbitraries.maps(texts(), values().injectNull(.1)).ofMaxSize(3);
    }

    private static Arbitrary<Object> leaves() {
        BigInteger most = BigInteger.TEN.pow(900);
        return Arbitraries.oneOf(
                texts().asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.of(-0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e23, 2e-3, 0x1p-969)
                        .asGeneric(),
                Arbitraries.bigIntegers().between(most.negate(), most).asGeneric(),
                Combinators.combine(
                                Arbitraries.bigIntegers()
                                        .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40)),
                                Arbitraries.integers().between(-400, 400))
                        .as(BigDecimal::new)
                        .asGeneric());
    }
}
