package io.victorhub.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.victorhub.spi.JsonValues;
import io.victorhub.spi.store.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON text to {@linkplain JsonValues JSON values} and back. All methods may be called by several threads at once. */
public final class Json {

    /** Longer numbers cost time that grows with the square of their length, so nobody may send one. */
    static final int LONGEST_NUMBER = JsonValues.MAX_DIGITS + 100;

    /** What Jackson says of a source that we do not let it show. */
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;]*; (line: \\d+, column: \\d+)]");

    static final JsonFactory FACTORY = factory(JsonLimits.OWN, false);

    private Json() {}

    static JsonFactory factory(JsonLimits limits, boolean strict) {
        return JsonFactory.builder()
                .streamReadConstraints(constraints(limits.depth(), LONGEST_NUMBER))
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
                .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
                .build();
    }

    /** Texts and names may have any length. */
    static StreamReadConstraints constraints(int depth, int numberLength) {
        StreamReadConstraints.Builder constraints = StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxNumberLength(numberLength)
                .maxStringLength(Integer.MAX_VALUE);
        try {
            constraints.maxNameLength(Integer.MAX_VALUE);
        } catch (NoSuchMethodError e) {
            // Jackson 2.15 neither has a limit for names nor knows this method
        }
        return constraints.build();
    }

    /** {@return {@code value} in UTF-8, on one line} */
    public static byte[] compact(@Nullable Object value) {
        return write(value, false);
    }

    /** {@return {@code value} on lines of its own, indented by two} */
    public static String pretty(@Nullable Object value) {
        return new String(write(value, true), StandardCharsets.UTF_8);
    }

    /**
     * {@return the value that {@code utf8} holds} Strict: one value and nothing behind it, in UTF-8 (a byte order mark is
     * passed over), no member twice.
     *
     * @throws JsonException if it is not that, or exceeds the limits
     */
    public static @Nullable Object parse(byte[] utf8, JsonLimits limits) {
        if (utf8.length > limits.bytes()) {
            throw new JsonException(
                    "it has " + utf8.length + " bytes; at most " + limits.bytes() + " are read", 0, 0, null);
        }
        return parse(decode(utf8), factory(limits, true));
    }

    static @Nullable Object parseOwn(byte[] utf8) throws IOException {
        try (JsonParser parser = FACTORY.createParser(utf8)) {
            if (parser.nextToken() == null) {
                throw new StorageException("it is empty");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new StorageException("there is more behind the end of the value");
            }
            return value;
        } catch (NumberFormatException e) {
            throw new StorageException("the exponent of a number is too large", e);
        }
    }

    private static @Nullable Object parse(CharBuffer text, JsonFactory factory) {
        try (JsonParser parser =
                factory.createParser(text.array(), text.arrayOffset() + text.position(), text.length())) {
            return onlyValue(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory does not fail
        }
    }

    private static @Nullable Object onlyValue(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw new JsonException("it is empty; write a JSON value into it", 1, 1, null);
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw located("there is more behind the end of the value", parser.currentTokenLocation(), null);
            }
            return value;
        } catch (NumberFormatException e) {
            throw located("the exponent of a number is too large", parser.currentTokenLocation(), e);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw located(Complaints.plain(e.getOriginalMessage()), at, e);
        }
    }

    static JsonException located(String said, @Nullable JsonLocation at, @Nullable Exception cause) {
        String what = SOURCE.matcher(said).replaceAll("$1");
        if (at == null || at.getLineNr() < 1) {
            return new JsonException(what, 0, 0, cause);
        }
        return new JsonException(
                "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + what,
                at.getLineNr(),
                at.getColumnNr(),
                cause);
    }

    private static CharBuffer decode(byte[] utf8) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        boolean mark = utf8.length >= 3 && utf8[0] == (byte) 0xEF && utf8[1] == (byte) 0xBB && utf8[2] == (byte) 0xBF;
        ByteBuffer in = ByteBuffer.wrap(utf8, mark ? 3 : 0, utf8.length - (mark ? 3 : 0));
        CharBuffer out = CharBuffer.allocate(in.remaining());
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new JsonException(
                    "it is not UTF-8 at byte " + in.position() + "; save it as UTF-8",
                    0,
                    0,
                    new CharacterCodingException());
        }
        return out.flip();
    }

    private static byte[] write(@Nullable Object value, boolean pretty) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            if (pretty) {
                generator.setPrettyPrinter(new DefaultPrettyPrinter()
                        .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                        .withArrayIndenter(new DefaultIndenter("  ", "\n")));
            }
            value(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a byte array does not fail
        }
        return out.toByteArray();
    }

    static void value(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Long number) {
            out.writeNumber(number);
        } else if (value instanceof Integer number) {
            out.writeNumber(number);
        } else if (value instanceof Double number) {
            out.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof BigInteger number) {
            out.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            out.writeNumber(number);
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName((String) entry.getKey());
                value(out, entry.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                value(out, element);
            }
            out.writeEndArray();
        } else {
            throw new IllegalArgumentException("a " + value.getClass().getName() + " is no JSON value");
        }
    }

    /** The value at whose first token the parser stands; it stands at the last one afterwards. */
    static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        switch (token) {
            case START_OBJECT:
                return object(parser);
            case START_ARRAY:
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                return list;
            case VALUE_STRING:
                return parser.getText();
            case VALUE_NUMBER_INT:
                return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT:
                BigDecimal exact = parser.getDecimalValue();
                boolean negativeZero = exact.signum() == 0 && parser.getText().charAt(0) == '-';
                return negativeZero ? (Number) (-0.0) : decimal(exact);
            case VALUE_TRUE:
                return Boolean.TRUE;
            case VALUE_FALSE:
                return Boolean.FALSE;
            default:
                return null;
        }
    }

    static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser));
        }
        return map;
    }

    /** A double where it says the same, else every digit; one without a point is written, and read back, as a whole one. */
    private static Number decimal(BigDecimal exact) {
        double near = exact.doubleValue();
        if (Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(exact) == 0) {
            return near;
        }
        if (exact.scale() != 0) {
            return exact;
        }
        BigInteger whole = exact.unscaledValue();
        return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
    }
}
