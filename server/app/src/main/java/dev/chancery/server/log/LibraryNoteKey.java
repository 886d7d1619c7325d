// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.log;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.note.NoteKey;
import java.io.IOException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// A pair with which Bouncy Castle computes: many times as fast as the JDK (`docs/performance.md`).
final class LibraryNoteKey implements NoteKey {
    private final Ed25519PrivateKeyParameters pair;
    private final Ed25519PublicKeyParameters verifying;

    /// Throws `MalformedException`, without a word of the key, when the PKCS #8 private key is none of Ed25519.
    LibraryNoteKey(Bytes pkcs8) {
        this.pair = read(pkcs8);
        this.verifying = pair.generatePublicKey();
    }

    private static Ed25519PrivateKeyParameters read(Bytes pkcs8) {
        try {
            if (PrivateKeyFactory.createKey(pkcs8.toArray()) instanceof Ed25519PrivateKeyParameters key) {
                return key;
            }
        } catch (IOException | RuntimeException e) {
            // The cause may repeat bytes of the key.
            throw new MalformedException("the log key is no Ed25519 private key in PKCS #8");
        }
        throw new MalformedException("the log key is a private key of another kind than Ed25519");
    }

    @Override
    public Bytes publicKey() {
        return Bytes.of(verifying.getEncoded());
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        pair.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && verifying.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    }
}
