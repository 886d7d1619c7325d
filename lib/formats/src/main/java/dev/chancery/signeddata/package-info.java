// SPDX-License-Identifier: Apache-2.0
/// `SignedData` of the Cryptographic Message Syntax (RFC 5652, section 5) and the certificates of its signers
/// (RFC 5280, section 4), taken apart and not judged: what signatures of the format `cms` and timestamps
/// (`dev.chancery.timestamp`) are both made of.
///
/// ```text
/// ContentInfo { signedData, [0] SignedData {
///     version, digestAlgorithms, encapContentInfo { type, [0] content },
///     certificates [0], revocation lists [1], signerInfos { SignerInfo … } } }
/// SignerInfo { version, identifier, digestAlgorithm, [0] signedAttrs,
///     signatureAlgorithm, signature, [1] unsignedAttrs }
/// ```
///
/// [SignedData] keeps its parts as the bytes that stand there; [SignerInfo], [Attributes] and [Certificate]
/// look into them one by one, so that a fault in one spoils no other. [Algorithms] are those of RFC 5754
/// and RFC 8419: SHA-2 with RSA PKCS #1 v1.5 and ECDSA, and Ed25519.
///
/// Whose signature it is, whether the key may sign and what a time proves, the two packages say that read by
/// this one.
///
/// Limits: 100 signers, 200 certificates, 32 attributes a signer, 64 extensions a certificate.
package dev.chancery.signeddata;
