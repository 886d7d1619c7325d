// SPDX-License-Identifier: Apache-2.0
/// One pass over an artifact computes everything that the asked formats need to know of it.
///
/// Artifacts can be many gigabytes, so digests travel and files do not. What has to be known of the content
/// is a [Measure]; a [ContentPass] reads the content once, with flat memory, and answers with [Measured].
/// Where content is large and several hashes are asked for, each runs in a thread of its own ([Lanes]).
///
/// OpenPGP hashes a trailer *after* the content, so a finished digest is of no use to it. What travels is a
/// [HashState]: the hash function (FIPS 180-4) stopped between two blocks, in a form that belongs to no
/// library:
///
/// | part | content |
/// |---|---|
/// | algorithm | `sha256`, `sha384`, `sha512` |
/// | chaining value | H0 … H7, big-endian: 32 bytes (SHA-256) or 64 bytes (SHA-384, SHA-512) |
/// | blocks | number of whole blocks that the chaining value covers |
/// | tail | the bytes after them, fewer than one block (64 or 128 bytes) |
///
/// Where a format hashes a [Salt] before the content (OpenPGP version 6, RFC 9580, section 5.2.4), the state
/// has begun with it, and its length counts both: 16 bytes for SHA-256, 24 for SHA-384, 32 for SHA-512. As
/// long as the state has no whole block, its tail has to begin with the salt; in a longer one nobody can see
/// what it began with.
///
/// BLAKE2b (RFC 7693) is for digests alone: no format appends anything to them.
///
/// The enclave appends its own trailer to the state, so that whoever sends it chooses the content and nothing
/// else.
///
/// A directory is measured as a [Tree] of its files' digests, and as nothing else.
///
/// The text forms of [ContentForm] are those of RFC 9580, sections 5.2.4 and 7.2.
package dev.chancery.hashing;
