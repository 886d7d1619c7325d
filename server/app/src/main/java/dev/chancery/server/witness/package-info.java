// SPDX-License-Identifier: Apache-2.0
/// A witness of other people's logs (C2SP `tlog-witness` 1.0.0): it cosigns a checkpoint only if everything
/// that it cosigned of the same log before is in it, so that a log with two histories has no witness for one
/// of them.
///
/// ```text
/// POST /add-checkpoint              old SIZE, proof, empty line, checkpoint → what follows
/// GET  /HEX/checkpoint              the last checkpoint that was cosigned; HEX is the SHA-256 of the log's origin
/// GET  /key                         the witness's verifier key, one line
/// GET  /healthz, /metrics           for those who run it
/// ```
///
/// | status | when | body |
/// |---|---|---|
/// | 200 | cosigned | signature lines: one, `cosignature/v1` |
/// | 400 | no request, or an old size above the checkpoint's | a sentence |
/// | 403 | no key of the log signed, or a signature in its name is false | a sentence |
/// | 404 | the log is not one of this witness's | a sentence |
/// | 409 | the old size is not that of the last cosigned checkpoint | that size and a line feed, `text/x.tlog.size` |
/// | 409 | a tree of the size that it cosigned has another root | a sentence |
/// | 413 | a body of more than 192 KiB | a problem document |
/// | 422 | the proof is wrong | a sentence |
/// | 503 | the state cannot be written | a problem document |
///
/// **State.** A directory with one file for each log, `HEX`: the checkpoint as it was cosigned last. It is
/// replaced, and flushed with its directory, before the cosignature leaves; that is the commit point.
/// Requests for one log take turns. What is found at the start has to bear the witness's own cosignature. A
/// key without a state directory is refused (rule `witness-state`): whoever lost the state and went on with
/// the key could cosign a second history. One process at a time holds the directory, by a lock on its file
/// `.lock`.
///
/// **Configuration.** One JSON file, read once. Paths are relative to its directory.
///
/// ```json
/// {"version": 1, "name": "witness.example.org", "http": {"host": "0.0.0.0", "port": 8473}, "tls": {},
///  "key": "witness.pem", "state": "state", "logs": ["log.example.org+53a1e5d9+AY..."]}
/// ```
///
/// | field | needed | what it is |
/// |---|---|---|
/// | `version` | yes | `1` |
/// | `name` | yes | the name in its cosignatures, for ever |
/// | `http`, `tls` | `http` | as of a server: `dev.chancery.server.listener`, `dev.chancery.server.tls` |
/// | `key` | no | its key, `witness.pem`: Ed25519, PKCS #8 in PEM, mode 0600; made at the first start |
/// | `state` | no | its state, `state`; made at the first start |
/// | `logs` | yes | 1 to 1,000 verifier keys, each called as its log's origin; a log may have several |
@NullMarked
package dev.chancery.server.witness;

import org.jspecify.annotations.NullMarked;
