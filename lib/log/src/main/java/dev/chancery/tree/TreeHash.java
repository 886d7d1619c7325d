// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The SHA-256 of a leaf, a node or an empty tree (RFC 9162, section 2.1.1).
public final class TreeHash {
    public static final int BYTES = 32;
    /// Entries of a tree: 1,000 a second for 34 years.
    public static final long SIZE_MAX = 1L << 40;

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    private final byte[] bytes;

    private TreeHash(byte[] bytes) {
        this.bytes = bytes;
    }

    public static TreeHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new MalformedException("hash has %d bytes, not %d".formatted(bytes.length, BYTES));
        }
        return new TreeHash(bytes.clone());
    }

    /// Reads base64 (RFC 4648, section 4) in its one spelling.
    public static TreeHash parse(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length == BYTES
                    && Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                return new TreeHash(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException(notOne(base64).sentence(), e);
        }
        throw notOne(base64);
    }

    private static MalformedException notOne(String base64) {
        return MalformedException.value("hash", base64, "is not base64 of %d bytes".formatted(BYTES));
    }

    /// The root of a tree without entries: "the hash of an empty list is the hash of an empty string".
    public static TreeHash empty() {
        return new TreeHash(sha256().digest());
    }

    /// "The hash of a list with one entry": of `0x00` and the entry.
    public static TreeHash leaf(Bytes entry) {
        var hash = sha256();
        hash.update(LEAF);
        return new TreeHash(hash.digest(entry.toArray()));
    }

    /// The hash over two subtrees: of `0x01` and both hashes.
    public static TreeHash node(TreeHash left, TreeHash right) {
        var hash = sha256();
        hash.update(NODE);
        hash.update(left.bytes);
        return new TreeHash(hash.digest(right.bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void writeTo(ByteBuffer buffer) {
        buffer.put(bytes);
    }

    static TreeHash readFrom(ByteBuffer buffer) {
        byte[] bytes = new byte[BYTES];
        buffer.get(bytes);
        return new TreeHash(bytes);
    }

    public byte[] toArray() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TreeHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// Base64, as it stands in checkpoints and proofs.
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
