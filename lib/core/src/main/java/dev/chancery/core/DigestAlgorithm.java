// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

/// The hash functions of FIPS 180-4 that a signature may rest on. SHA-1 and MD5 are not here on purpose.
public enum DigestAlgorithm {
    SHA256("SHA-256", 32, 64, Integer.BYTES),
    SHA384("SHA-384", 48, 128, Long.BYTES),
    SHA512("SHA-512", 64, 128, Long.BYTES);

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

    /// The name in FIPS 180-4 and in the JDK: `SHA-256`.
    public String standardName() {
        return standardName;
    }

    /// The name in file formats and JSON: `sha256`.
    public String label() {
        return "sha" + digestBytes * 8;
    }

    public int digestBytes() {
        return digestBytes;
    }

    /// The length of one message block: 64 or 128 bytes (FIPS 180-4, section 1, figure 1).
    public int blockBytes() {
        return blockBytes;
    }

    /// The length of the chaining value between blocks: eight words, also for SHA-384.
    public int chainingBytes() {
        return 8 * wordBytes;
    }
}
