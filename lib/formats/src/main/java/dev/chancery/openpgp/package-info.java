// SPDX-License-Identifier: Apache-2.0
/// `openpgp`: OpenPGP version 4 signatures that gpg, gpgv, sqv, rpm, pacman and apt read (RFC 4880, RFC 9580).
///
/// **A signature** is one version 4 signature packet (RFC 9580, section 5.2.3), hash SHA-512:
///
/// | part | content |
/// |---|---|
/// | type | `0x00` binary document; `0x01` text document when the encoding is `cleartext` |
/// | public-key algorithm | 22 EdDSALegacy over Ed25519; 1 RSA; 19 ECDSA over P-256 |
/// | hashed | creation time (critical), issuer fingerprint |
/// | unhashed | issuer key ID |
///
/// What is hashed is `content ‖ version, type, algorithms, hashed subpackets ‖ 04 FF length` (section 5.2.4).
/// The content arrives as a hash state, everything after it is built here, so a requester can choose the
/// content and nothing else: no key binding, certification or revocation can come out, because their trailers
/// name another type.
///
/// **Encodings.** `armor` (`F.asc`, RFC 9580 section 6, with CRC-24, without headers), `binary` (`F.sig`), and
/// `cleartext` (section 7): the text and its signature in one document, as apt wants its `InRelease`.
///
/// **A certificate** is a certify-only primary key, one user ID, and a signing subkey that expires. Only creation
/// time and key flags are critical: rpm 4.18 refuses a certificate in which anything else is.
///
/// **Reading** accepts what other people make: version 4 signatures with SHA-256, SHA-384 or SHA-512, of RSA
/// (2048 to 8192 bits), EdDSALegacy, Ed25519 (27) and ECDSA (P-256, P-384) keys. Whether a certificate's key was
/// fit to sign is judged *at the time of the signature*, as Sequoia does: a key that expired or was retired later
/// leaves older signatures good; a compromised key leaves none. A signature more than 30 minutes in the future is
/// not yet valid.
///
/// Limits: 1 MiB a signature or public key file, 100 signatures a file, 16 MiB a cleartext document.
package dev.chancery.openpgp;
