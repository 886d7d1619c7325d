// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// How an export begins and ends.
final class Checksum {
    static final byte[] MAGIC = "chancery-store-export\n".getBytes(StandardCharsets.US_ASCII);

    private Checksum() {}

    static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
