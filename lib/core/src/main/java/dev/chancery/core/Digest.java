// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A finished digest. Equal digests name the same bytes; a `byte[]` would not give us that.
public final class Digest {
    private final DigestAlgorithm algorithm;
    private final byte[] bytes;

    public Digest(DigestAlgorithm algorithm, byte[] bytes) {
        if (bytes.length != algorithm.digestBytes()) {
            throw new MalformedException("digest has %d bytes where %s has %d"
                    .formatted(bytes.length, algorithm.standardName(), algorithm.digestBytes()));
        }
        this.algorithm = algorithm;
        this.bytes = bytes.clone();
    }

    /// Reads lower-case hex of exactly the algorithm's length.
    public static Digest parse(DigestAlgorithm algorithm, String hex) {
        int digits = 2 * algorithm.digestBytes();
        if (hex.length() != digits || !Bytes.areWrittenAs(hex)) {
            throw MalformedException.value(
                    algorithm.label() + " digest", hex, "is not %d lower-case hex digits".formatted(digits));
        }
        return new Digest(algorithm, HexFormat.of().parseHex(hex));
    }

    public DigestAlgorithm algorithm() {
        return algorithm;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest that && algorithm == that.algorithm && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// `sha256:9f86d0…` in full.
    @Override
    public String toString() {
        return algorithm.label() + ":" + hex();
    }
}
