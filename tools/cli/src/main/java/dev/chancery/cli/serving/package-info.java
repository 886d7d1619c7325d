// SPDX-License-Identifier: Apache-2.0
/// Commands that run or set up a server. Only here is anything of `dev.chancery.server` seen, whose libraries
/// lie apart from all others (`lib/server`) and are on the class path of these commands alone.
///
/// `chancery serve` on the local office makes, below `server/` in the office, what a server needs, once, as
/// files that can be read and changed:
///
/// | name | what |
/// |---|---|
/// | `server.json` | the server's configuration |
/// | `enclave.json` | that of the enclave, which runs as a process of its own, sealed, and is asked through
/// `requests.sock` |
/// | `store.db` | entries, signatures, tokens, tags (SQLite) |
/// | `log/` | the transparency log, as any web server can hand it out |
/// | `log.pem` | the key that signs the log's checkpoints |
/// | `certificate.pem`, `key.pem` | for TLS |
/// | `first-token` | a token for the first steps, where there was no office before |
///
/// `chancery witness` without a configuration makes `witness/` in the same place: `witness.json`,
/// `witness.pem`, `certificate.pem`, `key.pem` and `state/` (`dev.chancery.server.witness`).
@NullMarked
package dev.chancery.cli.serving;

import org.jspecify.annotations.NullMarked;
