package io.victorhub.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

class NamesProperties {

    @Property
    void aNameIsTakenExactlyIfItMatchesThePatternOfTheDesign(@ForAll @StringLength(max = 110) String text) {
        assertThat(isTaken(() -> Names.requireName("name", text))).isEqualTo(text.matches("[a-z0-9][a-z0-9._-]{0,99}"));
    }

    @Property
    void aNameIsTakenWhateverItsOrderOfCharacters(@ForAll("names") String name) {
        assertThat(Names.requireName("name", name)).isEqualTo(name);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars('.', '_', '-')
                .ofMinLength(1)
                .ofMaxLength(100)
                .filter(name -> Character.isLetterOrDigit(name.charAt(0)));
    }

    @Property
    void anIdThatIsTakenPrintsOnOneLineAndComesBackFromUtf8(@ForAll @StringLength(max = 210) String text) {
        if (isTaken(() -> Names.requireId("id", text))) {
            assertThat(text).hasSizeBetween(1, 200).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\u2028\u2029]");
            assertThat(utf8(text)).isEqualTo(text);
        }
    }

    @Property
    void aTextMadeWholeComesBackFromUtf8AndKeepsItsLength(@ForAll String text) {
        String whole = Names.whole(text);

        assertThat(utf8(whole)).isEqualTo(whole).hasSameSizeAs(text);
        assertThat(Names.whole(whole)).isSameAs(whole);
    }

    @Property
    void whatIsShownFitsIntoAMessage(@ForAll String text) {
        assertThat(Names.shown(text)).hasSizeLessThan(60 * 10 + 2).doesNotContain("\n", "\u0000");
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static boolean isTaken(Runnable check) {
        try {
            check.run();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
