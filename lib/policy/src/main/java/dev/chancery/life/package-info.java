// SPDX-License-Identifier: Apache-2.0
/// The life of an authority's OpenPGP signing keys: which states there are, what may follow what, and by which
/// key an office signs. Nothing here reads a clock, a file or a certificate.
///
/// A [Cycle] has a name, a start, an end and an overlap. Its key has to be published the overlap before it
/// signs, and expires the overlap after the end of the cycle.
///
/// ```text
/// planned -> certified -> published -> active -> draining -> expired
///                 any of them -> retired -> compromised
/// ```
///
/// A [KeyState] is derived from [KeyFacts] and a time, and stored nowhere. Facts are the end and the revocation
/// that the certificate has, the certifications in it, and what the office did with the key, as its [Ledger]
/// has it.
///
/// ## Ledger
///
/// JSON, one file for each authority:
///
/// | field | content |
/// |---|---|
/// | `version` | 1 |
/// | `authority` | its name |
/// | `profile` | `subkey-per-cycle`, `primary-per-cycle` |
/// | `certifications` | `required`: a number; `administrators`: fingerprints of their primary keys |
/// | `keys` | up to 100 of: `key`, `certificate` (its primary key's fingerprint), `cycle`, and the times `published`,
/// `activated`, `released`, as far as it came |
/// | `signing` | `key`: the handle of the key that signs; `until`: when it expires. Absent where none signs |
///
/// `cycle` has `name`, `start`, `end` and `overlap_days`. Times are whole seconds in UTC.
///
/// **The signer reads `signing` and nothing else**: the key is named, and never found by being the newest or
/// the only one. Whoever changes a key's facts writes it anew, in the same file and so at the same moment. An
/// authority without a ledger signs by the one key that it has, as it did before there were cycles.
///
/// | limit | value |
/// |---|---|
/// | keys of an authority | 100 |
/// | administrators | 64 |
/// | overlap | 1 to 366 whole days |
/// | cycle | 3,660 days |
package dev.chancery.life;
