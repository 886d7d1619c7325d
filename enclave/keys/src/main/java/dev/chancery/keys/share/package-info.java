// SPDX-License-Identifier: Apache-2.0
/// A private key in shares, of which so many together are the key and fewer tell nothing of it.
///
/// Shamir's scheme over GF(2^8) with the polynomial of AES (0x11b), byte by byte, computed by Bouncy Castle:
/// share `x`, from 1, of a byte `s` is `s + r1 x + r2 x^2 + ...` with as many random bytes as are required, less
/// one. What is shared is the PKCS #8 of the key, without a passphrase (docs/decisions/0025-key-shares.md).
///
/// The scheme authenticates nothing: too few shares, a changed one and the same one twice give another secret,
/// without complaint. So a [KeyShare] says what the whole set is, with a commitment to each share: SHA-256 over
/// the set's name, the number and the value ([Binding][dev.chancery.keys.handle.Binding], label
/// `chancery-key-share-1`). A value is as random as the key is long, so that its hash tells nothing of it.
/// Whoever joins shares compares the key that comes out with the certificate: that is what decides.
///
/// A share is a text for a person to keep: ASCII, one line one fact, in this order.
///
/// ```
/// Chancery key share, version 1
/// authority: release
/// fingerprint: 40 upper-case hex digits, the OpenPGP certificate's
/// key: 64 hex digits, the key's id
/// format: openpgp
/// purpose: certify
/// algorithm: ed25519
/// created: 2027-01-01T00:00:00Z
/// expires: only where the key itself has an end
/// set: 32 hex digits, drawn for each set
/// made: 2027-01-01T00:00:00Z
/// required: 2
/// shares: 3
/// commitment 1: 64 hex digits; as many of these as shares
/// share: 1
/// row 1: 302e 0201 0030 0506 032b 6570 0422 0420 / 1a2b
/// checksum: 64 hex digits, SHA-256 of all lines before this one
/// ```
///
/// A row is 16 bytes, the last one may be shorter, and after the slash two bytes of check, so that who types one
/// is told which line is wrong. Blank lines, and blanks at the end of a line, do not count.
///
/// | limit | value | why |
/// |---|---|---|
/// | required | 2 to the number of shares | one alone would be a copy |
/// | shares | at most 16 | more custodians than anybody finds again |
/// | value | 16 to 8,192 bytes | a commitment hides nothing shorter; an RSA-4096 key has 2.4 KiB |
/// | text | 64 KiB | the largest is 36 KiB |
@NullMarked
package dev.chancery.keys.share;

import org.jspecify.annotations.NullMarked;
