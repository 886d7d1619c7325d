// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import java.util.Locale;

/// The hash functions that a signature may rest on: SHA-2 (FIPS 180-4) and BLAKE2b (RFC 7693) without key, salt or
/// personalization. SHA-1 and MD5 are not here on purpose.
public enum DigestAlgorithm {
    SHA256("SHA-256", 32, 64, Integer.BYTES),
    SHA384("SHA-384", 48, 128, Long.BYTES),
    SHA512("SHA-512", 64, 128, Long.BYTES),
    BLAKE2B_512("BLAKE2b-512", 64, 128, Long.BYTES);

    private final String standardName;
    private final int digestBytes;
    private final int blockBytes;
    private final int wordBytes;

    DigestAlgorithm(String standardName, int digestBytes, int blockBytes, int wordBytes) {
        this.standardName = standardName;
        this.digestBytes = digestBytes;
        this.blockBytes = blockBytes;
        this.wordBytes = wordBytes;
    }

    /// The name in the standard: `SHA-256`. The JDK has those of SHA-2 by it, and no BLAKE2b.
    public String standardName() {
        return standardName;
    }

    /// The name in file formats and JSON: `sha256`, `blake2b512`.
    public String label() {
        return standardName.replace("-", "").toLowerCase(Locale.ROOT);
    }

    public int digestBytes() {
        return digestBytes;
    }

    /// The length of one message block: 64 or 128 bytes (FIPS 180-4, section 1, figure 1; RFC 7693, section 2.1).
    public int blockBytes() {
        return blockBytes;
    }

    /// The length of the chaining value between blocks: eight words, also for SHA-384.
    public int chainingBytes() {
        return 8 * wordBytes;
    }

    /// Whether a hash in mid-content may travel. No format appends to content that is hashed by BLAKE2b, so its state
    /// has no form here.
    public boolean isResumable() {
        return this != BLAKE2B_512;
    }
}
