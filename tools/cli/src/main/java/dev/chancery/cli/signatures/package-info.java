// SPDX-License-Identifier: Apache-2.0
/// The commands that make and verify signatures.
@NullMarked
package dev.chancery.cli.signatures;

import org.jspecify.annotations.NullMarked;
