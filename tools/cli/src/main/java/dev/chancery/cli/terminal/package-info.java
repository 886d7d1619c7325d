// SPDX-License-Identifier: Apache-2.0
/// What a command sees of the person who runs it: streams, environment, clock, and what is said to him.
///
/// [Terminal] is handed to every command, so that tests hand in their own. [Progress] speaks on standard error,
/// to a terminal only, after one second and then at most five times a second. [Shown] makes names from outside
/// safe to print. [UsageException] becomes exit status 2; [HintedException] is one of the three errors with a
/// hint at what to do, which only the command can know.
@NullMarked
package dev.chancery.cli.terminal;

import org.jspecify.annotations.NullMarked;
