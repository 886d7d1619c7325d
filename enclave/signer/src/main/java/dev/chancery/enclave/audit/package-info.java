// SPDX-License-Identifier: Apache-2.0
/// The audit chain: one line for each decision of the engine, granted or not, on the disk before the answer
/// leaves.
///
/// A line is JSON (RFC 8259) in printable ASCII, its fields in this order and without white space, and ends
/// with one line feed. Whatever is not printable ASCII is escaped, so no name can begin a line or turn the
/// direction of writing.
///
/// | field | value |
/// |---|---|
/// | `sequence` | 1, 2, 3 … without a gap |
/// | `time` | when, by the engine's clock, as RFC 3339 has it |
/// | `event` | `signing`, or `recovery` |
/// | `requester` | who asked: `local:alice` |
/// | `voucher` | who asked for the requester and says that he is it, where that is somebody else |
/// | `authority`, `format`, `encoding` | what for |
/// | `artifact`, `size` | the name, and the bytes of the content |
/// | `digests` | those of the content that the signature is over: `{"sha256": …}`, in hex |
/// | `claimed` | those that the request has besides: the requester's word |
/// | `salted` | where the signature is over a salt and then the content: `{"salt": …, "sha512": …}`, of both together |
/// | `verdict` | `granted`, `refused`, `malformed` or `unavailable` |
/// | `key`, `signature` | of a granted one: the key ID, and the SHA-256 of the signature file |
/// | `value` | of a granted one that is a bundle of Sigstore: the SHA-256 of the signature in it |
/// | `rule` | of a refused one: the rule that said no |
/// | `reason` | of all but granted ones: the sentence that the requester was told |
/// | `previous` | the SHA-256 of the line before, without its line feed; of the first line 64 zeros |
///
/// A `recovery` has `cut` instead of what a signing has: so many bytes of a line that a crash had left
/// unfinished were removed. Nobody was answered by that line.
///
/// Whoever knows the last line ([AuditChain.Head]) knows that no line before it was changed, dropped or
/// moved. Whoever can write the file can cut off its end, or begin a new chain: keep a copy of the head
/// elsewhere.
///
/// A signature over a salt (`openpgp6`) has no `digests`: the digest of the content alone cannot be told from
/// a state that began with a salt, so it is in `claimed`. Whoever has the content finds the one in `salted`
/// by hashing the salt and the content.
///
/// A request that is not granted has all its digests in `claimed`.
///
/// Nothing secret stands here: no key, no passphrase, no content.
@NullMarked
package dev.chancery.enclave.audit;

import org.jspecify.annotations.NullMarked;
