// SPDX-License-Identifier: Apache-2.0
/// Keys: what they are, whom they belong to, and the one port through which a private key is used.
///
/// A [Key] is bound for life to one authority, one format and one purpose. The bond is made when the key is
/// made, and everything that uses a key asks for it: a `raw` key signs any content by nature, so a file that
/// happens to hold another format's signed bytes would forge that format if the key were shared.
///
/// A [SigningKey] performs the private-key operation and nothing else. It takes a [ToBeSigned]: a digest
/// (RSA, ECDSA) or a message of at most 1 MiB (Ed25519, RFC 8032, which hashes the message itself).
///
/// [PublicKey] is a `SubjectPublicKeyInfo` (RFC 5280, section 4.1) in DER, accepted only in the one encoding
/// that the algorithm allows, so that equal keys are equal bytes; [KeyId] is its SHA-256.
package dev.chancery.key;
