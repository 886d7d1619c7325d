// SPDX-License-Identifier: Apache-2.0
/// `chancery-gpg`: what Maven, git, rpmsign, debsign, Gradle and others ask of a program called gpg, answered by
/// the office.
///
/// It signs (`--detach-sign`, `--clearsign`) by `chancery sign`, with all that this asks: rules, records, the
/// check on arrival. It verifies (`--verify`) by the keyring, and hands out its certificates (`--export`). It
/// has no keys, no home directory and no trust database, and refuses what would need them. Where gpg's manual and
/// doc/DETAILS (status lines) say how something is asked or answered, that is what is done here, but that gpg
/// exits with 0 for signatures by revoked and expired keys, and this does not.
///
/// docs/gpg.md has the options and how each tool is set up.
@NullMarked
package dev.chancery.cli.gpg;

import org.jspecify.annotations.NullMarked;
