// SPDX-License-Identifier: Apache-2.0
/// Signing again what a key signed that is not trusted any more: `key resign`.
///
/// | step | what is believed |
/// |---|---|
/// | the log is read from its first entry to its checkpoint ([FoundEntries]) | nothing but its key's signature: the
/// entries make the root, or nothing is signed |
/// | what Rekor's entries do not say is asked of the server ([OldSignatures]) | names and lengths; the digest is the
/// log's |
/// | contents are looked for ([Contents]) | what has the logged length and SHA-256 |
/// | statements are taken from the server ([Resigning]) | what has the digest that the log has |
/// | the successor signs ([Resigning]) | what verifies over that content |
///
/// The log has the SHA-256 of what was signed and, where it is known, the SHA-512. That is all that `raw`, `cms`,
/// `sshsig` and `sigstore` sign, if the key's hash function is one of these. OpenPGP hashes a trailer after the content
/// (RFC 9580, section 5.2.4), minisign another digest, signify and pure Ed25519 the content itself: these need it.
///
/// **Once.** What the successor signed over the same digest, under the same name, by the same authority, in the same
/// format and encoding is in the log, and not signed again; for Rekor's entries the digest decides. A run that was
/// killed is made again, and takes from the server what it did not get to write.
///
/// **Left.** Tags, whose file several authorities share; and what no content was found for. Then the status is 1.
///
/// | limit | value | why |
/// |---|---|---|
/// | signatures of a run | 1,000,000 ([FoundEntries#SIGNATURES_MAX]) | half a gigabyte of memory |
/// | text of a cleartext document | 16 MiB ([dev.chancery.packet.CleartextDocument#BYTES_MAX]) | it is held |
@NullMarked
package dev.chancery.cli.resigning;

import org.jspecify.annotations.NullMarked;
