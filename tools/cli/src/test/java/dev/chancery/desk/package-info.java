// SPDX-License-Identifier: Apache-2.0
/// The packaged command without its start: a desk is one process of the packaged jars for an office, in which commands
/// run
/// one after the other as [dev.chancery.cli.Clerk] says.
///
/// A start takes a third of a second of a core, and a test of a format starts the command dozens of times. What is
/// tested of the start itself, of signals, of memory, of the sandbox and of servers starts processes.
@NullMarked
package dev.chancery.desk;

import org.jspecify.annotations.NullMarked;
