// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Signs notes with an Ed25519 private key that it holds. For any number of threads.
public final class NoteSigner {
    private final NoteKey pair;
    private final VerifierKey key;

    /// Throws `MalformedException` when the public key is none of Ed25519.
    public NoteSigner(KeyType type, KeyName name, NoteKey pair) {
        this.pair = pair;
        this.key = new VerifierKey(type, name, pair.publicKey());
    }

    /// From an unencrypted PKCS #8 private key, with which the JDK computes. Throws `MalformedException`, without a
    /// word of the key, when it is none of Ed25519.
    public static NoteSigner ofPrivateKey(KeyType type, KeyName name, Bytes pkcs8) {
        return new NoteSigner(type, name, new JdkNoteKey(pkcs8));
    }

    /// What verifies.
    public VerifierKey key() {
        return key;
    }

    /// Signs a text that ends with a line feed. Only for a key of type Ed25519.
    public NoteSignature sign(String text) {
        require(KeyType.ED25519);
        byte[] value = pair.sign(text.getBytes(StandardCharsets.UTF_8));
        return checked(text, value);
    }

    /// Cosigns a text that ends with a line feed. Only for a key of type Ed25519 cosignature.
    public NoteSignature cosign(String text, Instant time) {
        require(KeyType.ED25519_COSIGNATURE);
        long seconds = time.getEpochSecond();
        if (seconds < 1 || seconds > VerifierKey.TIME_SECONDS_MAX) {
            throw new MalformedException("time %s of a cosignature is not within 1970 to 9999".formatted(time));
        }
        byte[] value = pair.sign(VerifierKey.cosigned(seconds, text));
        byte[] written = ByteBuffer.allocate(Long.BYTES).putLong(seconds).array();
        return checked(text, NoteText.joined(written, value));
    }

    private void require(KeyType type) {
        if (key.type() != type) {
            throw new IllegalStateException("a key of type %s does not sign so".formatted(key.type()));
        }
    }

    /// Nothing leaves that the public key does not verify: a fault while signing can betray the private key.
    private NoteSignature checked(String text, byte[] blob) {
        var signature = new NoteSignature(key.name(), key.id(), Bytes.of(blob));
        if (key.verify(text, signature, pair::verifies).isEmpty()) {
            throw new IllegalStateException("a signature by %s does not verify".formatted(key));
        }
        return signature;
    }
}
