// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import java.lang.foreign.MemorySegment;

/// BLAKE2b-512 by `EVP_DigestInit(3ssl)` and its siblings: libcrypto has no public struct for it.
///
/// The functions answer 1 for success and 0 for failure, as the man page says. They wait for nothing.
interface LibcryptoBlake2b {
    /// `EVP_MD_CTX_new()`, and `EVP_DigestInit_ex(ctx, EVP_blake2b512(), NULL)` on it. The context is freed when nobody
    /// holds it any more.
    ///
    /// Throws `UnavailableException` when either fails.
    MemorySegment init();

    /// `int EVP_DigestUpdate(EVP_MD_CTX *ctx, const void *d, size_t cnt)`; `cnt` is the segment's size.
    int update(MemorySegment ctx, MemorySegment d);

    /// `int EVP_DigestFinal_ex(EVP_MD_CTX *ctx, unsigned char *md, unsigned int *s)` with NULL for `s`; `md` has room
    /// for the digest.
    int finish(MemorySegment ctx, MemorySegment md);
}
