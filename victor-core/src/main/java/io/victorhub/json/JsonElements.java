package io.victorhub.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The elements of an array that somebody else wrote, one after the other, so that a long one needs little memory. What is
 * wrong with one element is said of that element; what is no JSON ends the reading.
 */
public final class JsonElements {

    /** How deep lists and objects may be nested, the array itself included. */
    public static final int MAX_DEPTH = 200;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // numbers: never converted where they are longer than we allow
            .streamReadConstraints(Json.constraints(MAX_DEPTH, Integer.MAX_VALUE))
            .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
            .build();

    /**
     * One element.
     *
     * @param index its place in the array, from 0
     * @param line the line it begins on, from 1
     * @param value what it is
     * @param flaw what the value cannot show: a member twice, a number too long to be read
     */
    public record Element(int index, long line, @Nullable Object value, Optional<Flaw> flaw) {}

    /**
     * What is wrong with an element.
     *
     * @param member the name of the member it is about, empty if it is in none
     * @param message what is wrong and what to do
     */
    public record Flaw(String member, String message) {}

    private final JsonParser parser;
    private @Nullable Flaw flaw;

    private JsonElements(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads an array in UTF-8 (a byte order mark is passed over) and nothing behind it.
     *
     * @param each gets the elements in their order, and answers whether it wants the next one
     * @return how many elements {@code each} got
     * @throws JsonException if it is no JSON array; {@code each} may have got elements before that
     * @throws IOException if {@code in} cannot be read
     */
    public static int read(InputStream in, Predicate<Element> each) throws IOException {
        try (JsonParser parser = FACTORY.createParser(new StrictUtf8(in))) {
            return new JsonElements(parser).all(each);
        } catch (StreamConstraintsException e) { // the depth is the only one that is set
            throw Json.located(
                    "lists and objects are nested deeper than " + MAX_DEPTH + " levels; flatten them",
                    e.getLocation(),
                    e);
        } catch (JsonProcessingException e) {
            throw Json.located(e.getOriginalMessage(), e.getLocation(), e);
        }
    }

    private int all(Predicate<Element> each) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new JsonException("it is empty; write an array into it, [] for none", 1, 1, null);
        }
        if (first != JsonToken.START_ARRAY) {
            throw Json.located(
                    "it is no array; put '[' before and ']' behind what is there", parser.currentTokenLocation(), null);
        }
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            long line = parser.currentTokenLocation().getLineNr();
            flaw = null;
            Object value = value("");
            if (!each.test(new Element(count++, line, value, Optional.ofNullable(flaw)))) {
                return count;
            }
        }
        if (parser.nextToken() != null) {
            throw Json.located(
                    "there is more behind the end of the array; remove it", parser.currentTokenLocation(), null);
        }
        return count;
    }

    private @Nullable Object value(String member) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object();
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(member));
            }
            return list;
        }
        if (token.isNumeric() && parser.getTextLength() > Json.LONGEST_NUMBER) {
            note(member, "it has a number of " + parser.getTextLength() + " characters; send it as text");
            return null;
        }
        return Json.value(parser);
    }

    private Map<String, @Nullable Object> object() throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (map.containsKey(name)) {
                note(name, "it stands there twice; keep one");
            }
            map.put(name, value(name));
        }
        return map;
    }

    private void note(String member, String message) {
        if (flaw == null) {
            flaw = new Flaw(member, message);
        }
    }
}
