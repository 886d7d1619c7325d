// SPDX-License-Identifier: Apache-2.0
/// The commands that sign, attest and verify.
///
/// | command | what it does |
/// |---|---|
/// | `sign` | signatures over files, in one pass over each |
/// | `attest` | statements about files, or about a directory |
/// | `verify` | who signed and stated what, and whether that is who must have |
///
/// Each parses its options here and hands them to `signing.Signing`, `signing.Attesting` or
/// `office.Verification`, which do the work; [AskingCommand] has the options that say who signs. [Provenance]
/// reads a CI job's environment, [Parameters] the values of `--param`.
@NullMarked
package dev.chancery.cli.signatures;

import org.jspecify.annotations.NullMarked;
