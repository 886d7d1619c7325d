// SPDX-License-Identifier: Apache-2.0
/// `chancery demo`: the whole of Chancery on one machine, judged by tools that are not ours.
///
/// [Demo] works in a directory of its own, with an office of its own, and never looks at the user's:
///
/// | name | what |
/// |---|---|
/// | `good/` | the file (a symbolic link), its checksum in `FILE.sha256`, and every signature over the two |
/// | `bad-file/` | the same signatures; one bit of the file is changed, and the checksum is that of the changed file |
/// | `bad-signature/` | the same file; one bit of each signature is changed |
/// | `wrong-key/` | the same file; under each authority's name lies another's signature |
/// | `keys/` | public keys as `chancery keyring export --for gpg` and `--for openssl` write them |
/// | `keyring/` | public keys as `chancery verify` reads them |
/// | `office/` | the office (`CHANCERY_HOME`) |
/// | `gnupg/` | gpg's home directory |
///
/// So a tool's command line is the same for the good case and for the three bad ones but for the folder's name.
/// Commands are run in the directory and shown as they are run; with `--keep` they can be pasted there
/// afterwards.
///
/// Which formats and encodings there are comes from the table of formats; which tools judge them from
/// [StockVerifier#ALL]. **A new format adds its judges to that table and nothing else.** Its signature files
/// must bear a change of the lowest bit of their last byte, or of the last block between `-----BEGIN` and
/// `-----END`: see [Forgery].
///
/// A tool's word counts only if it says yes to the good case and no to all others. Some tools end with
/// status 0 for signatures that do not count, so each entry of the table says how its verdict is read. A tool
/// that is not installed is listed with its Debian package and does not count; one that does not come to an
/// end has said neither yes nor no, and the demonstration fails.
///
/// Limits: a tool's run, 60 seconds and one more for each 10 MiB of the file; a tool's output, 64 KiB.
@NullMarked
package dev.chancery.cli.demo;

import org.jspecify.annotations.NullMarked;
