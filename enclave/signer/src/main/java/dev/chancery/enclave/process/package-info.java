// SPDX-License-Identifier: Apache-2.0
/// The enclave as a process: `chancery enclave FILE`, where the file is its one configuration.
///
/// ```json
/// {
///   "version": 1,
///   "rules": "rules.json",
///   "keys": [{"provider": "file", "directory": "keys", "passphrase": "credential:keys"}],
///   "audit": {"file": "/var/lib/chancery/audit.jsonl", "copy_to_standard_output": true},
///   "doors": [
///     {"kind": "request", "socket": "/run/chancery/requests.sock", "vouchers": ["unix:chancery-server"]},
///     {"kind": "stream", "socket": "/run/chancery/packages.sock", "conversation": "relay",
///      "authority": "release", "format": "openpgp", "encoding": "binary", "artifact": "package"}
///   ]
/// }
/// ```
///
/// It is read once, at the start; a change is for the next start. Whatever is not known in it is an error.
/// Paths are relative to the file's directory.
///
/// | field | what |
/// |---|---|
/// | `rules` | the signing rules, as docs/policies.md has them; requesters are `unix:NAME`, or what vouchers say |
/// | `life` | `AUTHORITY/ledger.json` of those whose OpenPGP keys have cycles: which key signs, and until when |
/// | `keys[].provider` | `file`, or `pkcs11`, which is alone in its enclave |
/// | `keys[].directory` | key files, or the handles of keys in a token, mode 0700 |
/// | `keys[].passphrase`, `keys[].pin` | `file:PATH`, or `credential:NAME` of systemd |
/// | `keys[].module`, `keys[].token` | of `pkcs11`: the vendor's library and the token's label |
/// | `keys[].module_needs` | of `pkcs11`: what the module does after the seal, see docs/enclave.md |
/// | `sandbox.filter` | `deny-list`, also where nothing is said, or `allow-list`: docs/sandbox.md |
/// | `sandbox.may_be_missing` | parts that this machine's kernel may lack; where nothing is said `memory-lock` |
/// | `audit.file` | the audit chain, this process's alone while it runs |
/// | `audit.copy_to_standard_output` | whether each line goes to standard output too, for a journal |
/// | `doors` | 1 to 64, see `dev.chancery.enclave.doors` |
/// | `doors[].silence_seconds` | 1 to 3,600, without it 30: how long nothing may come where something is due |
///
/// The order of the start: configuration, confinement, rules, audit chain, keys (each is opened, signs and is
/// verified; one that cannot is said so and does not stop the others), sockets, the seal, and then the doors
/// open. Messages go to standard error. Exit status as everywhere: 2 usage, 3 malformed, 4 refused, 5
/// unavailable.
///
/// With `--self-check` the doors stay closed: everything that the seal forbids is tried, on several threads,
/// and the answers go to standard output. Exit status 0 when all was forbidden, else 1.
@NullMarked
package dev.chancery.enclave.process;

import org.jspecify.annotations.NullMarked;
