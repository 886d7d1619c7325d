// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Digests of what is at hand.
public final class Digests {
    private Digests() {}

    public static Digest of(DigestAlgorithm algorithm, Bytes bytes) {
        try {
            var hash = MessageDigest.getInstance(algorithm.standardName());
            return new Digest(algorithm, hash.digest(bytes.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
