package io.victorhub.examples.content;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One alternative of a rule, cut into its parts. {@code base.grammar} describes the notation.
 *
 * @param text as it was written, for messages
 * @param parts in their order
 */
record Template(String text, List<Part> parts) {

    private static final Pattern PART = Pattern.compile("\\{(?<fresh>\\+?)(?<name>[a-z.]+)(?<forms>(\\|[a-z]+)*)}"
            + "|<(?<one>[^|<>]+)\\|(?<many>[^|<>]+)>|(?<text>[^{<]+)");

    /** What a template consists of. */
    sealed interface Part {}

    /** Words that stand as they are. */
    record Words(String words) implements Part {}

    /** A rule or a fact to put in; {@code fresh} if it shall be a sentence that was not said before. */
    record Slot(String name, boolean fresh, List<Form> forms) implements Part {}

    /** A verb for one or for many. */
    record Agreement(String one, String many) implements Part {}

    /** @throws IllegalArgumentException if braces or angle brackets are not what the notation asks for */
    static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            parts.add(part(matcher));
            end = matcher.end();
        }
        if (end < text.length()) {
            throw new IllegalArgumentException("template '" + text + "' cannot be read from '" + text.substring(end)
                    + "' on; write {name}, {+name}, {name|cap} or <is|are>");
        }
        return new Template(text, List.copyOf(parts));
    }

    private static Part part(Matcher matcher) {
        if (matcher.group("name") != null) {
            List<Form> forms = Pattern.compile("\\|")
                    .splitAsStream(matcher.group("forms"))
                    .filter(form -> !form.isEmpty())
                    .map(Form::of)
                    .toList();
            return new Slot(matcher.group("name"), !matcher.group("fresh").isEmpty(), forms);
        }
        if (matcher.group("one") != null) {
            return new Agreement(matcher.group("one"), matcher.group("many"));
        }
        return new Words(matcher.group("text").replace("\\n", "\n"));
    }
}
