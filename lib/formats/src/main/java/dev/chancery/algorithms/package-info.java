// SPDX-License-Identifier: Apache-2.0
/// The verifying half of the signature algorithms, and hash functions whose state can be taken out.
///
/// [BouncyCastleHashes] is the library that is there everywhere; where content is large a faster one takes
/// over in mid-content (`dev.chancery.libcrypto`).
///
/// [SignatureChecks] decides whether a signature value is right; [ProviderSignatureChecks] decides the same,
/// faster where a native provider is at hand:
///
/// | scheme | accepted | standard |
/// |---|---|---|
/// | Ed25519 | 64 bytes, canonical `S` and `R`; the equation without the cofactor, as OpenSSL and libgcrypt | RFC 8032,
/// section 5.1.7 |
/// | ECDSA P-256, P-384 | DER `Ecdsa-Sig-Value`, minimal, no trailing byte; r and s in 1 … n-1 | FIPS 186-5, RFC 3279 |
/// | RSA | as long as the modulus, below the modulus; the block is built and compared, never parsed | RFC 8017, section
/// 8.2.2 |
///
/// minisign and signify write keys and signatures alike: [CommentedLines] are the lines of their files, [NumberedKey] a
/// key with its number, [NumberedKeys] those of a keyring.
///
/// There is no way to choose the library from outside a signature: the choice is made once, by whoever wires
/// the process, from measurements (`docs/performance.md`).
package dev.chancery.algorithms;
