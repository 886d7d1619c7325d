// SPDX-License-Identifier: Apache-2.0
/// `openpgp6`: OpenPGP version 6 signatures (RFC 9580), for those whose verifiers read them: sq, sqv, rsop.
/// GnuPG does not.
///
/// **A signature** is one version 6 signature packet (section 5.2.3), hash SHA-512, public-key algorithm 27
/// (Ed25519):
///
/// | part | octets |
/// |---|---|
/// | version | `06` |
/// | type | `00` binary document; `01` text document when the encoding is `cleartext` |
/// | algorithms | `1b` (27, Ed25519), `0a` (10, SHA-512) |
/// | hashed | length in four octets; creation time (critical), issuer fingerprint (version 6, 32 octets) |
/// | unhashed | `00000000`: nothing |
/// | left 16 bits of the digest | 2 |
/// | salt | `20` (32), and 32 octets |
/// | signature | 64, as RFC 8032 has it |
///
/// What is hashed is `salt ‖ content ‖ 06, type, algorithms, hashed subpackets ‖ 06 FF length` (section
/// 5.2.4). The salt comes first, so it has to be there before the content is hashed: the enclave draws it, 32
/// octets, and issues it to one asker; the content arrives as a hash state that was begun with it; everything
/// after is built here.
///
/// **What the salt is worth.** Whoever made the content did not know the salt, so two contents that he
/// prepared with one digest have two. That holds for content from third parties that an honest asker hashes,
/// and for whatever comes through a stream door. It does not bind the asker: he knows the salt before he
/// decides on the content, as he knows what comes before it in version 4.
///
/// **A state that was not begun with its salt** is found out while it has no whole block (content of up to 95
/// bytes), and by nobody in a longer one: a hash function does not run backwards. It gets a signature that
/// does not verify, for a verifier hashes the salt that stands in the packet. The salt is not among what is
/// hashed last, so an asker can write into the packet the octets that he did begin with; then it verifies, as
/// a signature over content that he was free to have signed anyway, with a salt of his own. Nobody else's
/// content is reached, and no other kind of signature: version, type, hash, key and time are in the trailer,
/// which is ours.
///
/// **The check before release** is that of `openpgp`: the packet is of this profile to the last subpacket,
/// has exactly the salt that was issued, and its value holds for the state that was sent.
///
/// **A certificate** is a certify-only primary key with a direct-key signature (`1f`: creation time and key
/// flags, both critical), one user ID with a certification that says nothing more than that it is the primary
/// one, and a signing subkey that expires and signs back. All keys are Ed25519. Each of these signatures has
/// a salt of its own.
///
/// **Encodings.** `armor` (`F.openpgp6.asc`), `binary` (`F.openpgp6.sig`) and `cleartext`; armor without CRC-24
/// (section 6.1), the cleartext document without a `Hash` header (section 7.1).
///
/// **Reading** accepts version 6 signatures with SHA-256, SHA-384 or SHA-512 by Ed25519, RSA (2048 to 8192
/// bits) and ECDSA (P-256, P-384) keys of version 6, and judges certificates as `openpgp` does. In a public
/// key file every key is of version 6. Limits: those of [dev.chancery.packet], and 64 salts in one
/// verification, each of which is a pass over the content ([dev.chancery.verification.Reading]).
package dev.chancery.openpgp6;
