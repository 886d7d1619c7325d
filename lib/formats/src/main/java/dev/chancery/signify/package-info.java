// SPDX-License-Identifier: Apache-2.0
/// `signify`: Ed25519 signatures over the content itself, as OpenBSD's signify(1) makes and verifies them.
///
/// A signature file is two lines:
///
/// | line | content |
/// |---|---|
/// | 1 | `untrusted comment: ` and any text of at most 1,024 bytes; nobody vouches for it |
/// | 2 | base64 of: `Ed` (2 bytes), key number (8), signature over the content (64) |
///
/// The signature is pure Ed25519 (RFC 8032, section 5.1) over the whole content, which is at most 1 MiB: for
/// checksum files, as OpenBSD signs its `SHA256`. The comment of ours is `verify with AUTHORITY.pub`, for signify looks
/// there for the key's name when it is given none.
///
/// Lines end with LF or CRLF. Base64 has its padding and nothing else; a third line is malformed, and with it signify's
/// embedded (`-e`) and compressed (`-z`) forms, which hold the content too.
///
/// A public key file is pairs of lines, one pair for each key of the authority, at most 100:
///
/// | line | content |
/// |---|---|
/// | 1 | `untrusted comment: ` and any text of at most 1,024 bytes |
/// | 2 | base64 of: `Ed` (2 bytes), key number (8), point (32) |
///
/// signify draws key numbers at random; ours are the first 8 bytes of the SHA-256 of the key's
/// `SubjectPublicKeyInfo`. A number only finds keys: all that bear it are tried, and one that nobody in the keyring
/// bears is an unknown key.
///
/// The suffix is `.signify.sig`: signify's own `.sig` is that of binary OpenPGP signatures.
///
/// A signature says neither when it was made nor over which file. And a signify key signs any content by nature, so
/// content
/// may happen to be the signed bytes of another format. That is harmless because a key is bound to one format when it
/// is made, and a keyring refuses a key that stands in two formats.
///
/// Stock command: `signify -V -p K.signify.pub -x F.signify.sig -m F`; Debian calls it `signify-openbsd`.
package dev.chancery.signify;
