// SPDX-License-Identifier: Apache-2.0
/// Signed notes (C2SP `signed-note`, version 1.0.0): text that one or more keys signed, as checkpoints of
/// transparency logs are.
///
/// ```text
/// TEXT                                    UTF-8, one or more lines, each with its line feed
///                                         an empty line
/// — NAME base64(KEY ID[4] ‖ SIGNATURE)    em dash U+2014; one line a signature, 1 to 64
/// ```
///
/// The text ends before the last empty line of the note. No control character but the line feed may stand in
/// it.
///
/// | key type | signature | over |
/// |---|---|---|
/// | `0x01` Ed25519 | 64 bytes | the text |
/// | `0x04` Ed25519 cosignature | time[8] and 64 bytes | `cosignature/v1`, `time SECONDS`, the text |
///
/// The time of a cosignature (C2SP `tlog-cosignature`) is in seconds since 1970, big-endian. What stands before the
/// text is two lines.
///
/// A key ID is `SHA-256(NAME ‖ 0x0A ‖ TYPE ‖ public key)[:4]`. A verifier key is written
/// `NAME+hex(KEY ID)+base64(TYPE ‖ public key)`. Only these two types have a [VerifierKey];
/// signatures of other types, and of keys that nobody asked for, are kept and ignored.
///
/// The text of a [SignedNote] means nothing. [SignedNote#open] is the way to a [VerifiedNote]: every
/// signature that bears the name and ID of a known key must hold, or the whole note is refused (rule
/// `note-signature`). Whether those that hold are enough is for the caller.
///
/// | limit | value | why |
/// |---|---|---|
/// | note | 131,072 bytes ([SignedNote#BYTES_MAX]) | 16 signatures of 5 kB fit, as the standard demands |
/// | signatures | 64 ([SignedNote#SIGNATURES_MAX]) | a log with some keys, and 32 witnesses, some with two |
/// | name | 255 bytes of UTF-8 ([KeyName#BYTES_MAX]) | what `tlog-cosignature` has room for |
/// | time of a cosignature | 9999-12-31T23:59:59Z ([VerifierKey#TIME_SECONDS_MAX]) | every calendar can write it |
///
/// Base64 is that of RFC 4648, section 4, with padding and with zero bits at the end: every note has one
/// spelling. Keys are held by the caller as PKCS #8 and signed with by the JDK; [NoteSigner] checks with the
/// public key what it signed before it hands it out.
package dev.chancery.note;
