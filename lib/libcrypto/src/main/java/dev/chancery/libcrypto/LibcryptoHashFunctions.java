// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import dev.chancery.core.DigestAlgorithm;
import java.lang.foreign.MemorySegment;

/// `SHA256_Init(3ssl)` and its siblings, one for one. `c` is a `SHA256_CTX` or a `SHA512_CTX`, as the algorithm
/// asks; the functions trust its size.
///
/// Each answers 1 for success and 0 for failure, as the man page says. They wait for nothing.
interface LibcryptoHashFunctions {
    /// `int SHA256_Init(SHA256_CTX *c)`.
    int init(DigestAlgorithm algorithm, MemorySegment c);

    /// `int SHA256_Update(SHA256_CTX *c, const void *data, size_t len)`; `len` is the segment's size.
    int update(DigestAlgorithm algorithm, MemorySegment c, MemorySegment data);

    /// `int SHA256_Final(unsigned char *md, SHA256_CTX *c)`; `md` has room for the digest.
    int finish(DigestAlgorithm algorithm, MemorySegment md, MemorySegment c);
}
