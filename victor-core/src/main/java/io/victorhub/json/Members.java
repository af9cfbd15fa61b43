package io.victorhub.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.victorhub.spi.store.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object whose members are pieces of JSON, so that what another codec wrote can be put in and taken out as it is.
 * Collected and written by one thread, read by one thread.
 */
public final class Members {

    private final Map<String, byte[]> pieces = new LinkedHashMap<>();

    /** Creates one without members. */
    public Members() {}

    /**
     * {@return the members of {@code object}}
     *
     * @throws StorageException if it is no JSON object
     */
    public static Members of(byte[] object) {
        try (JsonParser parser = Json.FACTORY.createParser(object)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new StorageException("a record is no JSON object");
            }
            Members members = new Members();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.pieces.put(name, piece(parser, object));
            }
            return members;
        } catch (IOException e) {
            throw new StorageException("a record is no JSON object: " + e.getMessage(), e);
        }
    }

    /** Adds a text. */
    public Members text(String name, String value) {
        return raw(name, Json.compact(value));
    }

    /** Adds a whole number. */
    public Members number(String name, long value) {
        return raw(name, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    }

    /** Adds a piece of JSON. */
    public Members raw(String name, byte[] json) {
        pieces.put(name, json);
        return this;
    }

    /** Adds a list of pieces of JSON. */
    public Members list(String name, List<byte[]> elements) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        list.write('[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                list.write(',');
            }
            list.writeBytes(elements.get(i));
        }
        list.write(']');
        return raw(name, list.toByteArray());
    }

    /** {@return whether there is a member of that name} */
    public boolean has(String name) {
        return pieces.containsKey(name);
    }

    /** {@return the piece of JSON of that name} */
    public byte[] raw(String name) {
        byte[] piece = pieces.get(name);
        if (piece == null) {
            throw new StorageException("a record has no '" + name + "'");
        }
        return piece;
    }

    /** {@return the text of that name} */
    public String text(String name) {
        if (value(name) instanceof String text) {
            return text;
        }
        throw new StorageException("'" + name + "' of a record is no text");
    }

    /** {@return the whole number of that name} */
    public long number(String name) {
        if (value(name) instanceof Long number) {
            return number;
        }
        throw new StorageException("'" + name + "' of a record is no whole number");
    }

    /** {@return the elements of the list of that name, empty where there is none} */
    public List<byte[]> list(String name) {
        if (!has(name)) {
            return List.of();
        }
        byte[] list = raw(name);
        try (JsonParser parser = Json.FACTORY.createParser(list)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new StorageException("'" + name + "' of a record is no list");
            }
            List<byte[]> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(piece(parser, list));
            }
            return elements;
        } catch (IOException e) {
            throw new StorageException("'" + name + "' of a record is no list: " + e.getMessage(), e);
        }
    }

    /** {@return the object, on one line} */
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.write('{');
        pieces.forEach((name, piece) -> {
            if (out.size() > 1) {
                out.write(',');
            }
            out.write('"');
            out.writeBytes(name.getBytes(StandardCharsets.US_ASCII)); // our own names need no escapes
            out.write('"');
            out.write(':');
            out.writeBytes(piece);
        });
        out.write('}');
        return out.toByteArray();
    }

    private Object value(String name) {
        try {
            Object value = Json.parseOwn(raw(name));
            return value == null ? "" : value;
        } catch (IOException e) {
            throw new StorageException("'" + name + "' of a record cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] piece(JsonParser parser, byte[] from) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        JsonToken token = parser.currentToken();
        if (token.isStructStart()) {
            parser.skipChildren();
        } else if (token.isNumeric()) {
            return parser.getText().getBytes(StandardCharsets.US_ASCII);
        } else {
            parser.finishToken();
        }
        return Arrays.copyOfRange(from, start, (int) parser.currentLocation().getByteOffset());
    }
}
