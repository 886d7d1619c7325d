// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hashes under which the ledger keeps what it is given, so that it cannot keep anything under another's.
public final class Leaf {
    /// RFC 6962, section 2.1: a leaf is hashed behind this byte, a node behind another.
    private static final byte LEAF = 0;

    private Leaf() {}

    /// The hash of a leaf (RFC 6962, section 2.1).
    public static Bytes hash(Bytes leaf) {
        MessageDigest sha256 = sha256();
        sha256.update(LEAF);
        return Bytes.of(sha256.digest(leaf.toArray()));
    }

    /// The digest under which a blob is kept.
    public static Digest digest(byte[] content) {
        return new Digest(DigestAlgorithm.SHA256, sha256().digest(content));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance(DigestAlgorithm.SHA256.standardName());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
