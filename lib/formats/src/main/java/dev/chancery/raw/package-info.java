// SPDX-License-Identifier: Apache-2.0
/// `raw`: what `openssl` signs and verifies by itself, with no frame at all.
///
/// | key | signature over | bytes | stock command |
/// |---|---|---|---|
/// | `ecdsa-p256` | SHA-256 of the content | DER `Ecdsa-Sig-Value`, 8 to 72 | `openssl dgst -sha256 -verify K.pem
/// -signature F.raw.sig F` |
/// | `rsa-3072`, `rsa-4096` | SHA-256 of the content, PKCS #1 v1.5 | 384 or 512 | the same |
/// | `ed25519` | the content itself, at most 1 MiB | 64 | `openssl pkeyutl -verify -pubin -inkey K.pem -rawin -in F
/// -sigfile F.raw.sig` |
///
/// Public keys are PEM blocks `PUBLIC KEY` (RFC 7468, section 13), one for each key of the authority, at most 100.
///
/// The signature names neither its key nor its time: every raw key of the keyring is tried. And a raw key signs
/// any content by nature, so content may happen to be the signed bytes of another format. That is harmless
/// because a key is bound to one format when it is made, and a keyring refuses a key that stands in two
/// formats.
package dev.chancery.raw;
