// SPDX-License-Identifier: Apache-2.0
/// The `chancery` command.
///
/// One class a command, in a package by what it is about; [Commands] is the table of them all. One file wires the
/// parts together (`dev.chancery.enclave.libraries.Wiring`); without a server the commands work on the local office on
/// disk
/// (`office.Office`), whose engine runs in this process.
///
/// | exit status | meaning |
/// |---|---|
/// | 0 | done |
/// | 1 | verification says no |
/// | 2 | usage: an option or argument is not right |
/// | 3 | malformed input |
/// | 4 | refused by a rule |
/// | 5 | unavailable, try again |
/// | 70 | a bug of ours |
///
/// Messages go to standard error, complete a sentence, quote the offending value and end with a hint where one
/// helps. Answers go to standard output; with `--json` as one JSON document, whose fields `docs/json.md` lists.
///
/// A start is fast because only the class of the command that was asked for is loaded: [Main] looks at the first
/// words before it builds anything.
@NullMarked
package dev.chancery.cli;

import org.jspecify.annotations.NullMarked;
