// SPDX-License-Identifier: Apache-2.0
/// Artifacts into places and out of them, with what belongs to them, past a policy.
///
/// `publish` verifies first and writes what was verified: signatures and receipts before the artifact, so that whoever
/// finds an artifact finds its signatures. It never replaces a file: one that is there and equal is left, another one
/// is refused; so a run that was cut off is given again. What it wrote it reads back.
///
/// `fetch` reads into a hidden directory, verifies there, and only then gives the files their names, the artifact last.
///
/// The bytes that were verified are those that are published: the pass that verifies takes their SHA-256, and neither
/// sending nor reading back accepts others.
@NullMarked
package dev.chancery.cli.publishing;

import org.jspecify.annotations.NullMarked;
