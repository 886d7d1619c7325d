// SPDX-License-Identifier: Apache-2.0
/// `sigstore`: a Sigstore bundle with a message signature, as `cosign verify-blob --key` reads it. The bundle itself is
/// described in `dev.chancery.bundle`; this is what the format puts into it:
///
/// | field | value |
/// |---|---|
/// | `verificationMaterial.publicKey.hint` | base64 of the SHA-256 of the key's `SubjectPublicKeyInfo` |
/// | `messageSignature.messageDigest.algorithm` | `SHA2_256` |
/// | `messageSignature.messageDigest.digest` | base64 of the content's SHA-256 |
/// | `messageSignature.signature` | base64 of the signature over that digest |
///
/// | key | signature | read by |
/// |---|---|---|
/// | `ecdsa-p256` | DER `Ecdsa-Sig-Value` | cosign 2 and 3, sigstore-js |
/// | `rsa-3072` | PKCS #1 v1.5 | cosign 2 and 3 |
///
/// No other key: clients disagree about P-384 and Ed25519 (measured on cosign 2.5 and 3.1).
///
/// Reading takes what cosign writes as well: the digests `SHA2_256`, `SHA2_384` and `SHA2_512`, P-384 keys, and RSA
/// keys
/// of other sizes. A bundle with a certificate is `unsupported`; one with a DSSE envelope instead of a message
/// signature is malformed here, and a `statement`.
///
/// The digest in the bundle is compared with the content's, and the signature is checked over the content's. A
/// signature says nothing of the artifact's name, and a plain key's nothing of a time.
///
/// A bundle's signature is, by nature, the same bytes as a `raw` one over the same content. It is for the key, bound to
/// one format when it is made, to keep the two apart; a keyring refuses a key that stands in two formats.
package dev.chancery.sigstore;
