// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.MalformedException;

/// What scrypt costs (RFC 7914, section 2): `n` rounds over blocks of `r` times 128 bytes, `p` times.
record ScryptCost(int n, int r, int p) {
    /// Bytes of memory, `128 * r * (n + 2 + p)`: what OpenSSL grants (`SCRYPT_MAX_MEM`, counted as it counts), and
    /// what a hostile file can take of ours, twice.
    static final long MEMORY_BYTES_MAX = 32L << 20;
    /// Times that the whole is done: with [#MEMORY_BYTES_MAX] a bound of some seconds on the work.
    static final int P_MAX = 16;

    /// For a passphrase that a person chose: 16 MiB and five passes, 0.3 s here. OWASP's cheat sheet for stored
    /// passwords holds it equal to `n` = 2^17, `p` = 1; that would take 128 MiB, which `openssl pkey` refuses.
    static final ScryptCost STRETCHING = new ScryptCost(1 << 14, 8, 5);

    /// For a passphrase with 256 bits of entropy, which no guessing finds: the smallest that there is.
    static final ScryptCost NONE = new ScryptCost(2, 8, 1);

    ScryptCost {
        boolean positive = n >= 2 && r >= 1 && p >= 1 && p <= P_MAX;
        // Divided rather than multiplied: three numbers from outside can exceed a long.
        boolean fits = positive && n + 2L + p <= MEMORY_BYTES_MAX / 128 / r;
        // RFC 7914, section 2: n is less than 2^(128 * r / 8).
        boolean related = Integer.bitCount(n) == 1 && (r > 1 || n < 1 << 16);
        if (!fits || !related) {
            throw new MalformedException(
                    "scrypt parameters n=%d r=%d p=%d are not a power of two, at most %d bytes of memory and p 1 to %d"
                            .formatted(n, r, p, MEMORY_BYTES_MAX, P_MAX));
        }
    }

    static ScryptCost of(Passphrase passphrase) {
        return passphrase.isGenerated() ? NONE : STRETCHING;
    }
}
