// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A public key with a name, which verifies signature lines of its type (C2SP `signed-note`, "Verifier keys").
public final class VerifierKey {
    /// Characters of the written form: a name of 255 bytes and all the rest.
    public static final int CHARACTERS_MAX = 320;
    /// Seconds since 1970: the last one of the year 9999, which every calendar can write.
    public static final long TIME_SECONDS_MAX = 253_402_300_799L;

    private static final int KEY_ID_BYTES = 4;

    private final KeyType type;
    private final KeyName name;
    private final Bytes bytes;
    private final PublicKey key;

    /// Throws `MalformedException` when the 32 bytes are no Ed25519 public key.
    public VerifierKey(KeyType type, KeyName name, Bytes publicKey) {
        this.type = type;
        this.name = name;
        this.bytes = publicKey;
        this.key = Ed25519.publicKey(publicKey.toArray());
    }

    /// Reads `NAME+hex(KEY ID)+base64(TYPE ‖ public key)`.
    public static VerifierKey parse(String text) {
        int first = text.indexOf('+');
        int second = text.indexOf('+', first + 1);
        if (first < 0 || second < 0 || text.length() > CHARACTERS_MAX) {
            throw MalformedException.value("verifier key", text, "is not NAME+ID+KEY");
        }
        byte[] typed = NoteText.base64(text.substring(second + 1), "verifier key's last part");
        var name = new KeyName(text.substring(0, first));
        var key = new VerifierKey(
                type(typed, text), name, Bytes.of(Arrays.copyOfRange(typed, Math.min(1, typed.length), typed.length)));
        if (!key.toString().equals(text)) {
            throw MalformedException.value("verifier key", text, "has another key ID than %08x".formatted(key.id()));
        }
        return key;
    }

    private static KeyType type(byte[] typed, String text) {
        for (var type : KeyType.values()) {
            if (typed.length > 0 && typed[0] == type.code()) {
                return type;
            }
        }
        throw MalformedException.value(
                "verifier key", text, "is neither of type 1 (Ed25519) nor of type 4 (Ed25519 cosignature)");
    }

    public KeyType type() {
        return type;
    }

    public KeyName name() {
        return name;
    }

    /// The 32 bytes of RFC 8032.
    public Bytes publicKey() {
        return bytes;
    }

    /// DER (RFC 8410, section 4).
    public Bytes subjectPublicKeyInfo() {
        return Bytes.of(Ed25519.subjectPublicKeyInfo(bytes.toArray()));
    }

    /// The first four bytes of [#fullId].
    public int id() {
        return ByteBuffer.wrap(fullId().toArray()).getInt();
    }

    /// `SHA-256(NAME ‖ 0x0A ‖ TYPE ‖ public key)`, of which a signature line bears the first four bytes and a
    /// Sigstore bundle all 32.
    public Bytes fullId() {
        byte[] head = (name.text() + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] hashed = NoteText.joined(head, new byte[] {(byte) type.code()}, bytes.toArray());
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(hashed));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isNamedBy(NoteSignature signature) {
        return signature.name().equals(name) && signature.keyId() == id();
    }

    /// Whether a signature of 64 bytes is one over a message.
    interface Check {
        boolean verifies(byte[] message, byte[] signature);
    }

    /// Whether this key made the signature; empty when it did not, else the time that it is of, if its type
    /// has one.
    Optional<VerifiedNote.Signer> verify(String text, NoteSignature signature) {
        return verify(text, signature, (message, value) -> Ed25519.verifies(key, message, value));
    }

    /// The same, as somebody else computes it.
    Optional<VerifiedNote.Signer> verify(String text, NoteSignature signature, Check check) {
        byte[] blob = signature.blob().toArray();
        return switch (type) {
            case ED25519 ->
                check.verifies(text.getBytes(StandardCharsets.UTF_8), blob)
                        ? Optional.of(new VerifiedNote.Signer(this, Optional.empty()))
                        : Optional.empty();
            case ED25519_COSIGNATURE -> verifyCosignature(text, blob, check);
        };
    }

    private Optional<VerifiedNote.Signer> verifyCosignature(String text, byte[] blob, Check check) {
        if (blob.length != Long.BYTES + Ed25519.SIGNATURE_BYTES) {
            return Optional.empty();
        }
        long seconds = ByteBuffer.wrap(blob).getLong();
        byte[] value = Arrays.copyOfRange(blob, Long.BYTES, blob.length);
        if (seconds < 0 || seconds > TIME_SECONDS_MAX || !check.verifies(cosigned(seconds, text), value)) {
            return Optional.empty();
        }
        return Optional.of(new VerifiedNote.Signer(this, Optional.of(Instant.ofEpochSecond(seconds))));
    }

    /// "Two newline (U+000A) terminated lines (one header line and one timestamp line) followed by the whole
    /// note body".
    static byte[] cosigned(long seconds, String text) {
        return "cosignature/v1\ntime %d\n%s".formatted(seconds, text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifierKey that
                && type == that.type
                && name.equals(that.name)
                && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, name, bytes);
    }

    /// The written form.
    @Override
    public String toString() {
        byte[] typed = NoteText.joined(new byte[] {(byte) type.code()}, bytes.toArray());
        String id = HexFormat.of().formatHex(Arrays.copyOf(fullId().toArray(), KEY_ID_BYTES));
        return "%s+%s+%s".formatted(name, id, Base64.getEncoder().encodeToString(typed));
    }
}
