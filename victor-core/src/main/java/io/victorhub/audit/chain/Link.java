package io.victorhub.audit.chain;

import io.victorhub.audit.AuditEntry;
import io.victorhub.json.Json;
import io.victorhub.json.JsonException;
import io.victorhub.json.JsonLimits;
import io.victorhub.spi.store.StorageException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry as bytes: a JSON object whose last member, {@code hash}, is the SHA-256 of the hash before (32 bytes; zeros
 * before the first) and of the object without that member.
 */
final class Link {

    /** Before the first entry. */
    static final byte[] NO_HASH = new byte[32];

    private static final byte[] MEMBER = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_DIGITS = 2 * NO_HASH.length;
    private static final int TRAILER = MEMBER.length + HASH_DIGITS + 2; // and "}
    private static final JsonLimits LIMITS = new JsonLimits(1 << 22, 70);

    private Link() {}

    /** {@return the bytes of an entry, with its hash} */
    static byte[] forge(
            long number,
            Instant at,
            String actor,
            String action,
            String subject,
            String reason,
            Map<String, @Nullable Object> details,
            byte[] before) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("number", number);
        members.put("at", at.toString());
        members.put("actor", actor);
        members.put("action", action);
        members.put("subject", subject);
        members.put("reason", reason);
        members.put("details", details);
        byte[] object = Json.compact(members);
        byte[] hash = hash(before, object, object.length - 1);
        byte[] link = Arrays.copyOf(object, object.length - 1 + TRAILER);
        System.arraycopy(MEMBER, 0, link, object.length - 1, MEMBER.length);
        byte[] end = (HexFormat.of().formatHex(hash) + "\"}").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(end, 0, link, link.length - end.length, end.length);
        return link;
    }

    /** {@return the hash that the bytes of an entry say they have; null if they say none} */
    static byte @Nullable [] saidHash(byte[] link) {
        int member = link.length - TRAILER;
        if (member < 1 || !Arrays.equals(link, member, member + MEMBER.length, MEMBER, 0, MEMBER.length)) {
            return null;
        }
        String digits = new String(link, member + MEMBER.length, HASH_DIGITS, StandardCharsets.US_ASCII);
        try {
            byte[] hash = HexFormat.of().parseHex(digits);
            return HexFormat.of().formatHex(hash).equals(digits) ? hash : null; // capital letters are another entry
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** {@return the hash that the bytes of an entry must have behind another} */
    static byte[] trueHash(byte[] before, byte[] link) {
        return hash(before, link, Math.max(0, link.length - TRAILER));
    }

    /**
     * {@return the entry}
     *
     * @throws StorageException if the bytes hold none
     */
    static AuditEntry read(byte[] link) {
        try {
            if (Json.parse(link, LIMITS) instanceof Map<?, ?> members && members.get("number") instanceof Long number) {
                return new AuditEntry(
                        number,
                        Instant.parse(text(members, "at")),
                        text(members, "actor"),
                        text(members, "action"),
                        text(members, "subject"),
                        text(members, "reason"),
                        details(members),
                        text(members, "hash"));
            }
        } catch (JsonException | DateTimeException | IllegalArgumentException e) {
            throw new StorageException("it is no entry of an audit: " + e.getMessage(), e);
        }
        throw new StorageException("it is no entry of an audit");
    }

    private static Map<String, @Nullable Object> details(Map<?, ?> members) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        if (members.get("details") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> details.put(String.valueOf(name), value));
        }
        return details;
    }

    private static String text(Map<?, ?> members, String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new StorageException("it has no '" + name + "'");
    }

    /** The closing brace is hashed in place of the member that comes behind. */
    private static byte[] hash(byte[] before, byte[] object, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(before);
            digest.update(object, 0, length);
            digest.update((byte) '}');
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
