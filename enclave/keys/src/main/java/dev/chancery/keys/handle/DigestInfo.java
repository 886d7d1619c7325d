// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import dev.chancery.core.Digest;
import java.util.Arrays;
import java.util.HexFormat;

/// What RSASSA-PKCS1-v1_5 pads (RFC 8017, section 9.2, step 2).
public final class DigestInfo {
    private DigestInfo() {}

    /// In DER; note 1 of that section, which has no BLAKE2b.
    public static byte[] of(Digest digest) {
        byte[] prefix = HexFormat.of()
                .parseHex(
                        switch (digest.algorithm()) {
                            case SHA256 -> "3031300d060960864801650304020105000420";
                            case SHA384 -> "3041300d060960864801650304020205000430";
                            case SHA512 -> "3051300d060960864801650304020305000440";
                            case BLAKE2B_512 -> throw new IllegalArgumentException("RSA signs no BLAKE2b digest");
                        });
        byte[] info = Arrays.copyOf(prefix, prefix.length + digest.bytes().length);
        System.arraycopy(digest.bytes(), 0, info, prefix.length, digest.bytes().length);
        return info;
    }
}
