// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Random bytes that are hashed before the content, so that nobody who made the content earlier knows what is
/// hashed. Its length follows from the hash function (RFC 9580, section 9.5, table 23).
public record Salt(Bytes bytes) {
    /// Nothing is hashed before the content: most formats have no salt.
    public static final Salt NONE = new Salt(Bytes.of(new byte[0]));

    /// Bytes: that of SHA-512.
    public static final int BYTES_MAX = 32;

    public Salt {
        if (bytes.length() > BYTES_MAX) {
            throw new MalformedException("salt has %d bytes, more than %d".formatted(bytes.length(), BYTES_MAX));
        }
    }

    /// The length of a salt for this hash function; 0 for one that is never salted.
    public static int bytesFor(DigestAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA256 -> 16;
            case SHA384 -> 24;
            case SHA512 -> BYTES_MAX;
            case BLAKE2B_512 -> 0;
        };
    }

    /// A new one of this length; [#NONE] for none.
    public static Salt draw(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new Salt(Bytes.of(bytes));
    }

    /// Reads lower-case hex.
    public static Salt parse(String hex) {
        if (!Bytes.areWrittenAs(hex)) {
            throw MalformedException.value("salt", hex, "is not pairs of lower-case hex digits");
        }
        return new Salt(Bytes.of(HexFormat.of().parseHex(hex)));
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes.toArray());
    }

    public boolean isNone() {
        return bytes.length() == 0;
    }

    int length() {
        return bytes.length();
    }
}
