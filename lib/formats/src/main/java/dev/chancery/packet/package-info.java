// SPDX-License-Identifier: Apache-2.0
/// What the two OpenPGP formats have in common (RFC 9580): packets, armor, and the judgement of certificates.
///
/// `openpgp` (version 4) and `openpgp6` are two formats, with keys that are bound to one of them, and each
/// builds its own signed bytes. What is read is read here, for both: [PacketReader] walks over packet
/// headers, [BouncyCastleReading] parses what is in them, [Certificate] decides whether a key was fit to sign
/// at a time, and [PacketClaim] gives the verdict over one signature. [PacketVersion] says which version
/// counts: a version 6 signature never counts where version 4 is read, nor the other way round.
/// [CertificateJoining] makes one of two versions of a certificate, with nothing in it that does not hold.
///
/// | limit | value |
/// |---|---|
/// | packets in a file | 10,000, each with a length that fits; no partial and no indeterminate lengths |
/// | signatures in a file | 100 |
/// | armored blocks in a file | 100 |
/// | cleartext document | 16 MiB |
/// | user ID, of our own certificates | 1 to 255 bytes without control characters |
/// | clock skew | 30 minutes |
/// | a version of a certificate that is joined | 1 MiB ([CertificateJoining#BYTES_MAX]) |
/// | signatures of both versions | 1,000 ([CertificateJoining#SIGNATURES_MAX]) |
///
/// A version 6 signature has a salt of 16 octets with SHA-224, SHA-256 and SHA3-256, 24 with SHA-384, and 32
/// with SHA-512 and SHA3-512 (section 9.5, table 23); one of another length is malformed, also in a
/// certificate.
package dev.chancery.packet;
