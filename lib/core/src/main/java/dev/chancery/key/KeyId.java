// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import org.jspecify.annotations.Nullable;

/// The SHA-256 of a public key's DER `SubjectPublicKeyInfo`, in lower-case hex: one name per key in every format.
public record KeyId(String hex) implements Comparable<KeyId> {
    /// Hex digits in file names and tables: 64 bits, unique within any office.
    private static final int SHORT_DIGITS = 16;

    public KeyId {
        Digest.parse(DigestAlgorithm.SHA256, hex);
    }

    /// The first 16 digits, for file names and tables; never for decisions.
    public String abbreviated() {
        return hex.substring(0, SHORT_DIGITS);
    }

    @Override
    public int compareTo(KeyId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyId that && hex.equals(that.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public String toString() {
        return hex;
    }
}
