// SPDX-License-Identifier: Apache-2.0
/// One pass over an artifact computes everything that the asked formats need to know of it.
///
/// Artifacts can be many gigabytes, so digests travel and files do not. What has to be known of the content is
/// a [Measure]; a [ContentPass] reads the content once, with flat memory, and answers with [Measured]. Where content is
/// large and several hashes are asked for, each runs in a thread of its own ([Lanes]).
///
/// OpenPGP hashes a trailer *after* the content, so a finished digest is of no use to it. What travels is a
/// [HashState]: the hash function (FIPS 180-4) stopped between two blocks, in a form that belongs to no library:
///
/// | part | content |
/// |---|---|
/// | algorithm | `sha256`, `sha384`, `sha512` |
/// | chaining value | H0 … H7, big-endian: 32 bytes (SHA-256) or 64 bytes (SHA-384, SHA-512) |
/// | blocks | number of whole blocks that the chaining value covers |
/// | tail | the bytes after them, fewer than one block (64 or 128 bytes) |
///
/// BLAKE2b (RFC 7693) is for digests alone: no format appends anything to them.
///
/// The enclave appends its own trailer to the state, so that whoever sends it chooses the content and nothing else.
///
/// A directory is measured as a [Tree] of its files' digests, and as nothing else.
///
/// The text forms of [ContentForm] are those of RFC 9580, sections 5.2.4 and 7.2.
package dev.chancery.hashing;
