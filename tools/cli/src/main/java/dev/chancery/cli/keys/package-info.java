// SPDX-License-Identifier: Apache-2.0
/// The commands about the life of OpenPGP keys: `chancery key …`.
///
/// ```
/// key create release --cycle 2027a …    primary key, signing key, escrow, ledger: planned
/// key request-certification, certify, accept                                       certified
/// key rotate release                    publishes, waits for the overlap, activates
/// key extend, retire, revoke            another end, out of use, never again
/// ```
///
/// What they do is in `dev.chancery.cli.life`; here are options and answers. Everything that changes something
/// has `--dry-run`, which writes nothing and shows what verifiers would think.
@NullMarked
package dev.chancery.cli.keys;

import org.jspecify.annotations.NullMarked;
