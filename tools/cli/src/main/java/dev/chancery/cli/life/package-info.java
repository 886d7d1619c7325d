// SPDX-License-Identifier: Apache-2.0
/// The life of OpenPGP keys in a local office, without server and enclave: what `chancery key` does.
///
/// An authority whose keys have cycles has a directory `life/AUTHORITY` in the office:
///
/// | name | content |
/// |---|---|
/// | `ledger.json` | which key is for which cycle, what was done with it, which key signs: `dev.chancery.life` |
/// | `FINGERPRINT.asc` | a certificate, with everything in it, also what is not published yet |
/// | `administrators/FINGERPRINT.asc` | who may certify |
///
/// The keyring has of each certificate what has been published. Revocations for the day when the primary key is
/// lost are in [Escrow], sealed one by one.
///
/// **Crashes.** Every change is a series of [steps][Steps], each a file that is replaced whole. Their order is
/// chosen so that what is done can be told from the files alone: keys before certificates, certificates before
/// escrow, all of it before the ledger, which is the commit point; for a revocation the ledger first, so that
/// nothing is signed in between. Whoever gives the same command again goes on where it stopped.
///
/// **The primary key** is opened by [KeyLife] when a certificate changes, and by nothing else. A machine that
/// has `primary/`, `life/` and `keyring/` and no signing keys can do everything but make signing keys.
@NullMarked
package dev.chancery.cli.life;

import org.jspecify.annotations.NullMarked;
