// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/// A SHA-256 over fields of which none can run into the next: each goes in after its length, 4 bytes,
/// big-endian. The first field names what is bound, so that no two bindings of different things are equal.
public final class Binding {
    private final MessageDigest digest;

    private Binding(MessageDigest digest) {
        this.digest = digest;
    }

    public static Binding of(String label) {
        try {
            return new Binding(MessageDigest.getInstance("SHA-256")).with(label);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /// In UTF-8.
    public Binding with(String text) {
        return with(text.getBytes(StandardCharsets.UTF_8));
    }

    public Binding with(byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
        return this;
    }

    /// Authority, format, purpose, algorithm, creation and expiry, which is empty where there is none: as
    /// they stand in a handle.
    public Binding with(NewKey key) {
        return with(key.authority().name())
                .with(key.format().text())
                .with(key.purpose().label())
                .with(key.algorithm().label())
                .with(key.created().toString())
                .with(key.expires().map(Object::toString).orElse(""));
    }

    /// To be called once.
    public byte[] sha256() {
        return digest.digest();
    }
}
