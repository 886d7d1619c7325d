// SPDX-License-Identifier: Apache-2.0
/// What every command is built from.
///
/// A [Command] says by calls in its fields which options and arguments it has, and does its work in `call()`, which
/// returns an [exit status][ExitStatus]. A field is a supplier: the value is there once the command line is parsed.
///
/// ```java
/// private final Supplier<List<Path>> files = pathArguments("FILE", 0, "What to sign.");
/// private final Supplier<Boolean> force = flag("--force", "Replace files that are there already.");
/// ```
///
/// Help, completion and man pages come from the same definitions. An error is thrown: one of the three of
/// `dev.chancery.core`, with a hint as `HintedException`, or `UsageException` for options that do not go together.
@NullMarked
package dev.chancery.cli.command;

import org.jspecify.annotations.NullMarked;
