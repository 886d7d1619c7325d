// SPDX-License-Identifier: Apache-2.0
/// The two ports behind which every signature format stands: one that makes signatures, one that reads them.
///
/// A format is one package that implements both and opens with its specification. The split is deliberate:
/// the enclave makes signatures through [SigningFormat] and checks each of them through [VerifyingFormat],
/// whose code shares nothing with the making but the standard.
///
/// A format reads all public keys that a keyring has for it into one [FormatKeyring]; a signature file is read
/// against that into [ClaimedSignature]s, which say what they need to know of the content and then give a
/// [Verdict]. Formats never read artifacts.
///
/// Two capabilities that some formats have are ports of their own: [JoiningFormat] puts another authority's
/// signature into a file that is there already, which needs no key; [CertifyingFormat] makes and takes the
/// certificates of keys. A [TimestampedFormat] is a verifying format whose signatures can bear the token of a
/// timestamp service; a [Timestamp] proves a time and never makes a signature count, or not count.
package dev.chancery.format;
