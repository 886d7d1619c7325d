// SPDX-License-Identifier: Apache-2.0
/// What stands in our log: one leaf for each signature and for each event in the life of a key.
///
/// A leaf is an object in the canonical form of RFC 8785 (JCS): one spelling, no white space, fields sorted.
/// Its hash in the tree is `SHA-256(0x00 ‖ leaf)`. Every leaf has `apiVersion`, `kind` and `spec`; an unknown
/// field, an unknown kind and another spelling are malformed.
///
/// | kind | `apiVersion` | `spec` |
/// |---|---|---|
/// | `hashedrekord` | `0.0.2` | [HashedRekord]: a signature of `sigstore`, `statement`, or of `raw` over a digest |
/// | `https://chancery.dev/log/signature` | `1` | [SignatureEntry]: any other signature |
/// | `https://chancery.dev/log/key` | `1` | [KeyEntry]: what happened to a key |
///
/// A `hashedrekord` is exactly that of Rekor version 2, so that cosign can make the leaf again out of the bundle. A
/// `raw` signature has one where only the digest was given, and neither a name nor the content's size is known.
///
/// ```text
/// {"apiVersion":"1","kind":"https://chancery.dev/log/signature","spec":{
///   "artifact":{"name":"app.jar","sha256":HEX,"sha512":HEX,"size":1234},     sha512 where it is known
///   "authority":"release","encoding":"armor","format":"openpgp","key":KEY ID,
///   "signature_sha256":HEX of the signature file,"signed_at":SECONDS SINCE 1970}}
/// {"apiVersion":"1","kind":"https://chancery.dev/log/key","spec":{
///   "at":SECONDS SINCE 1970,"authority":"release","event":"announced","format":"openpgp","key":KEY ID,
///   "public_key_sha256":HEX of the public key file}}
/// ```
///
/// **No requester.** The log is public and forever, and who asked for a signature is the name of a person or
/// of a CI job: it would tell the world who works when on what. A hash of it would not help, since such names
/// are guessed. Who asked is in the enclave's audit chain, which is not public; the signature's SHA-256 leads
/// from one to the other.
///
/// The name of an artifact is public by this leaf. An authority that signs what has a secret name should not
/// log.
///
/// [TrustedRoot] writes the `trusted_root.json` by which cosign checks entries of our log without a network,
/// and [SigstoreLogEntry] the `tlogEntries` element of a bundle. For both, the log's origin is the bare host
/// name of its base URL: that is where Sigstore's clients look for it.
///
/// | limit | value | why |
/// |---|---|---|
/// | leaf | 65,535 bytes (`EntryBundle.ENTRY_BYTES_MAX`) | its length has two bytes in an entry bundle |
/// | signature in a `hashedrekord` | 2,048 bytes ([HashedRekord#SIGNATURE_BYTES_MAX]) | RSA of 16,384 bits |
/// | times | 1970 to 9999 ([LogEntry#TIME_SECONDS_MAX]) | every calendar can write them |
package dev.chancery.entry;
