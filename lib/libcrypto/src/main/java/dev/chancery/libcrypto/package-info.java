// SPDX-License-Identifier: Apache-2.0
/// SHA-256, SHA-384 and SHA-512 by OpenSSL 3's libcrypto, with their state open on both sides.
///
/// OpenPGP needs the hash state, which the JDK computes fast and does not give out, and Bouncy Castle gives
/// out and computes slowly. libcrypto does both: its contexts are public C structs (`openssl/sha.h`), the same
/// since OpenSSL 0.9.8 and fixed by the ABI of `libcrypto.so.3`. On a JVM with the first compiler only, which is
/// what a quick start wants, 1 GiB of SHA-512 takes 2.3 s here and 15 s with the JDK, whose intrinsic belongs to
/// the second compiler.
///
/// [LibcryptoHashes#open] finds the library by its soname in the loader's own search path; no setting and no
/// variable of ours names another place. Three shapes of function are linked: `SHA256_Init(c)`,
/// `SHA256_Update(c, data, len)`, `SHA256_Final(md, c)`, and the same for SHA-384 and SHA-512
/// (man page `SHA256_Init(3ssl)`).
///
/// ## Layout
///
/// Byte offsets; words are in the machine's order, `data` holds bytes in the order of the content.
///
/// | field | SHA256_CTX (words of 4) | SHA512_CTX (words of 8), for SHA-384 too | meaning |
/// |---|---|---|---|
/// | `h[8]` | 0 | 0 | chaining value H0 … H7 |
/// | `Nl`, `Nh` | 32, 36 | 64, 72 | number of bits so far, low and high word |
/// | `data`, `u.p` | 40 | 80 | the tail: 64 or 128 bytes |
/// | `num` | 104 | 208 | bytes in the tail (4 bytes) |
/// | `md_len` | 108 | 212 | bytes of the digest (4 bytes) |
/// | size | 112 | 216 | |
///
/// A library with another layout must never give a wrong digest, so [LibcryptoHashes#open] runs a self-test
/// first: the known answers of FIPS 180-4 for all three functions, the chaining value against a known answer,
/// a state carried over in mid-block against the JDK's digest, and no byte written outside the struct. What
/// does not pass is as good as absent.
///
/// ## Memory
///
/// Contexts and buffers stay on the Java heap: the functions are linked as *critical* calls, which may see heap
/// memory, so nothing has to be freed and nothing is copied, neither for direct nor for heap buffers. A critical
/// call holds up the garbage collector, so no call gets more than [LibcryptoRunningHash#CALL_BYTES_MAX] bytes.
///
/// ## BLAKE2b
///
/// BLAKE2b-512 (RFC 7693), which minisign signs, has no public struct, so it goes through `EVP_DigestInit(3ssl)`: the
/// context is the library's own memory and is freed by the garbage collector. On a JVM with the first compiler only
/// it is ten times as fast as Bouncy Castle's. [LinkedBlake2b] says why OpenSSL's configuration is not read. It is
/// linked and tried when it is first asked for; SHA-2 does not depend on it.
///
/// ## When it pays
///
/// Linking costs some 40 ms in a cold JVM. [LargeContentHashes] starts with another library and moves to this one
/// when the content turns out to be large. BLAKE2b's state cannot be carried over: there the content is kept until
/// then.
package dev.chancery.libcrypto;
