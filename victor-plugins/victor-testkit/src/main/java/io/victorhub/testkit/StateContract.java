package io.victorhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.victorhub.spi.Rating;
import io.victorhub.spi.store.Capability;
import io.victorhub.spi.store.Change;
import io.victorhub.spi.store.Position;
import io.victorhub.spi.store.StateStore;
import io.victorhub.spi.store.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Small state under keys. */
interface StateContract extends StoreUnderTest {

    @Test
    default void readsNothingUnderAKeyThatWasNeverWritten() {
        assertThat(keys().read("k")).isEmpty();
    }

    @Test
    default void readsWhatWasPut() {
        assertThat(put("k", 0, "value")).isTrue();

        Versioned found = keys().read("k").orElseThrow();
        assertThat(found.key()).isEqualTo("k");
        assertThat(found.value()).isEqualTo(bytes("value"));
        assertThat(found.version()).isPositive();
    }

    @Test
    default void keepsStateAndItsVersionsOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        put("a", 0, "1");
        put("b", 0, "2");
        put("b", version("b"), "3");
        List<Versioned> before = keys().list("", "", 10);

        reopen();

        assertThat(keys().list("", "", 10)).isEqualTo(before).hasSize(2);
    }

    @Test
    default void keepsADeletionOverAReopen() {
        assumeDeclared(Capability.DURABLE);
        put("a", 0, "1");
        keys().change(List.of(Change.delete("a", version("a"))));

        reopen();

        assertThat(keys().read("a")).isEmpty();
    }

    @Test
    default void losesItsStateWhereItIsNotDurable() {
        put("a", 0, "1");

        reopen();

        assertThat(keys().read("a").isPresent()).isEqualTo(declares(Capability.DURABLE));
    }

    @Test
    default void changesNothingThatHasAnotherVersion() {
        put("k", 0, "first");
        long version = version("k");

        assertThat(put("k", 0, "again")).isFalse();
        assertThat(put("k", version + 1, "future")).isFalse();
        assertThat(keys().change(List.of(Change.delete("k", version + 1)))).isFalse();
        assertThat(put("none", 7, "none")).isFalse();

        assertThat(text("k")).isEqualTo("first");
        assertThat(version("k")).isEqualTo(version);
    }

    @Test
    default void raisesTheVersionWithEachChange() {
        put("k", 0, "1");
        long first = version("k");
        put("k", first, "2");
        long second = version("k");

        assertThat(second).isGreaterThan(first);
        assertThat(put("k", first, "late")).isFalse();
        assertThat(text("k")).isEqualTo("2");
    }

    @Test
    default void givesAKeyThatIsMadeAnewAHigherVersion() {
        put("k", 0, "1");
        long first = version("k");
        assertThat(keys().change(List.of(Change.delete("k", first)))).isTrue();
        assertThat(keys().read("k")).isEmpty();
        reopenWhereDurable();

        assertThat(put("k", 0, "2")).isTrue();

        assertThat(version("k")).isGreaterThan(first);
    }

    @Test
    default void makesAllChangesOrNone() {
        put("a", 0, "old");

        boolean made = keys().change(List.of(
                Change.put("a", version("a"), bytes("new")),
                Change.put("b", 5, bytes("b")),
                Change.put("c", 0, bytes("c"))));

        assertThat(made).isFalse();
        assertThat(text("a")).isEqualTo("old");
        assertThat(keys().read("c")).isEmpty();
    }

    @Test
    default void makesSeveralChangesAtOnce() {
        put("a", 0, "old");
        put("b", 0, "old");

        boolean made = keys().change(List.of(
                Change.put("a", version("a"), bytes("new")),
                Change.delete("b", version("b")),
                Change.put("c", 0, bytes("c"))));

        assertThat(made).isTrue();
        assertThat(text("a")).isEqualTo("new");
        assertThat(keys().read("b")).isEmpty();
        assertThat(text("c")).isEqualTo("c");
    }

    @Test
    default void refusesAKeyThatComesTwice() {
        assertThatThrownBy(() -> keys().change(List.of(Change.put("k", 0, bytes("1")), Change.put("k", 0, bytes("2")))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(keys().read("k")).isEmpty();
    }

    @Test
    default void changesNothingWhereThereIsNothingToChange() {
        assertThat(keys().change(List.of())).isTrue();
        assertThat(keys().list("", "", 10)).isEmpty();
    }

    @Test
    default void listsKeysInTheirOrderPageByPage() {
        List.of("p/c", "p/a", "q/x", "p/b", "p", "o").forEach(key -> put(key, 0, key));

        List<Versioned> first = keys().list("p/", "", 2);

        assertThat(first).extracting(Versioned::key).containsExactly("p/a", "p/b");
        assertThat(keys().list("p/", "p/b", 2)).extracting(Versioned::key).containsExactly("p/c");
        assertThat(keys().list("p/", "p/c", 2)).isEmpty();
        assertThat(keys().list("", "", 10))
                .extracting(Versioned::key)
                .containsExactly("o", "p", "p/a", "p/b", "p/c", "q/x");
    }

    @Test
    default void keepsValuesOfUpToOneMebibyte() {
        byte[] large = new byte[StateStore.MAX_VALUE_BYTES];
        new Random(1).nextBytes(large);

        assertThat(keys().change(List.of(Change.put("large", 0, large), Change.put("empty", 0, new byte[0]))))
                .isTrue();
        reopenWhereDurable();

        assertThat(keys().read("large").orElseThrow().value()).isEqualTo(large);
        assertThat(keys().read("empty").orElseThrow().value()).isEmpty();
    }

    @Test
    default void keepsKeysOfAnyCharacters() {
        String key = "\u00e4 \"quoted\" \\ \n \ud83c\udfb5/" + "k".repeat(400);
        put(key, 0, "v");
        reopenWhereDurable();

        assertThat(text(key)).isEqualTo("v");
    }

    @Test
    default void letsOneOfSeveralWhoChangeAKeyAtOnceWin() throws Exception {
        put("n", 0, "0");
        Callable<Integer> counter = () -> {
            int won = 0;
            while (won < 25) {
                Versioned now = keys().read("n").orElseThrow();
                int next = Integer.parseInt(new String(now.value(), StandardCharsets.UTF_8)) + 1;
                won += put("n", now.version(), Integer.toString(next)) ? 1 : 0;
            }
            return won;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);

        try {
            List<Future<Integer>> all = new ArrayList<>(threads.invokeAll(List.of(counter, counter, counter, counter)));
            for (Future<Integer> one : all) {
                assertThat(one.get()).isEqualTo(25);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(text("n")).isEqualTo("100");
    }

    @Test
    default void keepsStateHoweverMuchOfTheLogIsForgotten() {
        put("k", 0, "v");
        log().append(List.of(new Rating("t", 1, "somebody", now())));
        log().forget(logged(Position.START).get(0).position());

        reopenWhereDurable();

        assertThat(text("k")).isEqualTo("v");
    }

    private boolean put(String key, long expected, String value) {
        return keys().change(List.of(Change.put(key, expected, bytes(value))));
    }

    private long version(String key) {
        return keys().read(key).orElseThrow().version();
    }

    private String text(String key) {
        return new String(keys().read(key).orElseThrow().value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
