// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import dev.chancery.core.Bytes;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;

/// A pair with which the JDK computes.
final class JdkNoteKey implements NoteKey {
    private final EdECPrivateKey privateKey;
    private final PublicKey verifying;
    private final Bytes publicKey;

    /// Throws `MalformedException`, without a word of the key, when it is none of Ed25519.
    JdkNoteKey(Bytes pkcs8) {
        this.privateKey = Ed25519.privateKey(pkcs8);
        byte[] point = Ed25519.publicKeyOf(privateKey);
        this.publicKey = Bytes.of(point);
        this.verifying = Ed25519.publicKey(point);
    }

    @Override
    public Bytes publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        return Ed25519.sign(privateKey, message);
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        return Ed25519.verifies(verifying, message, signature);
    }
}
