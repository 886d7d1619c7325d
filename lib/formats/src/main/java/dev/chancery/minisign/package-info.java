// SPDX-License-Identifier: Apache-2.0
/// `minisign`: Ed25519 signatures over a BLAKE2b digest, with a signed comment, as `minisign` makes and verifies them.
///
/// A signature file is four lines:
///
/// | line | content |
/// |---|---|
/// | 1 | `untrusted comment: ` and any text of at most 1,024 bytes; nobody vouches for it |
/// | 2 | base64 of: `ED` (2 bytes), key number (8), signature over the content's BLAKE2b-512 (64) |
/// | 3 | `trusted comment: ` and any text of at most 8,192 bytes: UTF-8 without control characters but the tab |
/// | 4 | base64 of the signature (64) over the 64 bytes of the first signature and the trusted comment |
///
/// Both signatures are pure Ed25519 (RFC 8032, section 5.1); the digest (RFC 7693, no key) is its message.
/// `Ed` in place of `ED` is the older kind, over the content itself: it is read, over at most 1 MiB of content,
/// and never made.
///
/// Lines end with LF or CRLF. Base64 has its padding and nothing else; a fifth line is malformed.
///
/// Ours have the trusted comment `timestamp:SECONDS`, tab, `file:NAME`, tab, `authority:NAME`. An artifact's name
/// cannot hold a tab or a line end, and fits: 255 bytes of it, 64 of the authority's. Of anybody's comment
/// only the first field `timestamp:` is read; seconds since 1970, ten digits at most, else there is no time. A
/// time more than 30 minutes ahead of the verifier's clock is refused.
///
/// A public key file is pairs of lines, one pair for each key of the authority, at most 100:
///
/// | line | content |
/// |---|---|
/// | 1 | `untrusted comment: ` and any text of at most 1,024 bytes |
/// | 2 | base64 of: `Ed` (2 bytes), key number (8), point (32) |
///
/// minisign draws key numbers at random; ours are the first 8 bytes of the SHA-256 of the key's
/// `SubjectPublicKeyInfo`, so that nothing besides the key has to be kept. A number only finds keys: all that bear it
/// are tried, and one that nobody in the keyring bears is an unknown key.
///
/// The digest's signature is one over 64 bytes that anybody can compute. Where the same key signed whole contents in
/// another format, such a content of 64 bytes would be a forgery; a key is bound to one format when it is made,
/// and a keyring refuses a key that stands in two.
///
/// Stock command: `minisign -V -p K.minisign.pub -x F.minisig -m F`.
package dev.chancery.minisign;
