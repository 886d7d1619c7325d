// SPDX-License-Identifier: Apache-2.0
/// The server's one wiring file, and the configuration that it is made from.
///
/// Everything that needs a network is below this package: HTTP, who asks, the log. It holds no authority's
/// key; the keys are in enclaves, which it asks in the name of its callers ([dev.chancery.server.signing]).
/// The one key that it has signs the log's checkpoints.
///
/// ## Configuration
///
/// One JSON file, read once, at the start. What is not known in it is an error. Paths are relative to its
/// directory.
///
/// ```json
/// {
///   "version": 1,
///   "name": "signing-1",
///   "http": {"host": "0.0.0.0", "port": 8472},
///   "tls": {"names": ["signing.example.org"]},
///   "store": {"sqlite": "store.db"},
///   "log": {"origin": "log.example.org", "url": "https://log.example.org", "key": "log.pem", "tiles": "log"},
///   "enclaves": ["/run/chancery/requests.sock"],
///   "keyring": "keyring"
/// }
/// ```
///
/// | field | needed | what it is |
/// |---|---|---|
/// | `version` | yes | `1` |
/// | `name` | yes | of this server among those on its store; the same after a restart |
/// | `http` | yes | `host`, `port`, `limits`: see `dev.chancery.server.listener` |
/// | `tls` | no | see `dev.chancery.server.tls`; without it plain HTTP, on loopback only |
/// | `authentication` | no | see `dev.chancery.server.auth`; without it only tokens of this server |
/// | `store` | yes | `sqlite`, a path; or `postgresql`, a JDBC URL, with `user` and `password`, `file:PATH` |
/// | `log` | yes | `origin`, its name; `key`, the file of its key; `tiles`, its folder; `url`, if Sigstore's clients
/// shall check it: then its host is the origin; `policy`, whose witnesses cosign it, and `witness_authorities`: see
/// `dev.chancery.server.cosigning` |
/// | `enclaves` | yes | 1 to 64 sockets of request doors |
/// | `keyring` | yes | the folder of the authorities' public keys |
/// | `policies` | no | the folder of the policies that can be asked for by name, read once: see
/// `dev.chancery.server.verification` |
/// | `certifiers` | no | OpenPGP certificates of the administrators whose certifications are handed out |
@NullMarked
package dev.chancery.server;

import org.jspecify.annotations.NullMarked;
