// SPDX-License-Identifier: Apache-2.0
/// What a transparency log says, who believes it, and who watches it: checkpoints, receipts, policies and
/// witnesses (C2SP `tlog-checkpoint` 1.0.0, `tlog-cosignature` 1.1.0, `tlog-proof`, `tlog-policy`,
/// `tlog-witness` 1.0.0).
///
/// ```text
/// checkpoint: the text of a note      receipt, FILE.tlog-proof          witness: POST /add-checkpoint
///   ORIGIN                              c2sp.org/tlog-proof@v1            old SIZE
///   SIZE                                extra BASE64        (optional)    BASE64 HASH    (0 to 63 lines)
///   BASE64 ROOT                         index INDEX                       an empty line
///   EXTENSION          (any number)     BASE64 HASH    (0 to 63 lines)    the checkpoint's note
///                                       an empty line
///                                       the checkpoint's note
/// ```
///
/// - [Checkpoint]: sizes are decimal without leading zeroes. The log's key bears the origin as its name.
/// - [LogPolicy]: `log VKEY [URL]`, `witness NAME VKEY [URL]`, `group NAME K|any|all MEMBER...` and
///   `quorum NAME|none`, one a line, `#` begins a comment line. Its [LogPolicy#open] is the only way to a
///   [VerifiedCheckpoint]: one of its logs signed it (rule `log-key`), no known key's signature is false
///   (`note-signature`), and the quorum of witnesses cosigned it (`witness-quorum`).
/// - [Receipt]: [Receipt#verify] is the only way to a [VerifiedReceipt]. Its `extra` is not authenticated.
/// - [WitnessDecision]: what a witness answers to a request, as a function of what it knows. To remember the new
///   checkpoint before the answer leaves, in one step with the comparison, is for the caller.
///
/// Stricter than the standards: files are UTF-8, a log's key is of type Ed25519 and a witness's of type Ed25519
/// cosignature, and a policy names each public key once, as a log or as a witness.
///
/// | limit | value | why |
/// |---|---|---|
/// | receipt | 256 KiB ([Receipt#BYTES_MAX]) | a note of the largest size, 63 hashes, and 64 KiB of extra data |
/// | request to a witness | 192 KiB ([AddCheckpoint#BYTES_MAX]) | a note of the largest size and 63 hashes |
/// | policy | 64 KiB, 64 logs, witnesses and groups each ([LogPolicy#LINES_MAX]) | twice what the standard asks for |
/// | origin | 255 bytes ([Checkpoint#ORIGIN_BYTES_MAX]) | what `tlog-cosignature` has room for |
package dev.chancery.log;
