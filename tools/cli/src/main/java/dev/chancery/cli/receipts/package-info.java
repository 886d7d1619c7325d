// SPDX-License-Identifier: Apache-2.0
/// Receipts of signature files: which entry of a log is about which signature, and that it is in the log.
///
/// A receipt lies beside the signature file that it is about: `app.jar.asc` has `app.jar.asc.tlog-proof`.
/// Where there is none, `app.jar.tlog-proof` beside the artifact is taken, if it is about this signature
/// file.
///
/// The receipt's `extra` is the leaf of the log, which nobody vouches for until the proof was followed from
/// its hash to the checkpoint that the log signed ([dev.chancery.log.Receipt#verify]). Before that
/// [LoggedSignature] compares it with the signature that was verified:
///
/// | leaf | has to say |
/// |---|---|
/// | [dev.chancery.entry.SignatureEntry] | the SHA-256 of the signature file and of the artifact, the authority, the
/// format and the key |
/// | [dev.chancery.entry.HashedRekord] | what the bundle says: made again out of it, it is the same; the key is the one
/// that signed |
///
/// A signature without a receipt that fits does not count, and the reason is `not-logged`.
@NullMarked
package dev.chancery.cli.receipts;

import org.jspecify.annotations.NullMarked;
