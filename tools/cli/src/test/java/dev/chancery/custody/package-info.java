// SPDX-License-Identifier: Apache-2.0
/// The life of keys as their custodians live it: the packaged command as a process, administrators who have
/// gpg, sq and an office of their own, and the stock verifiers as judges.
///
/// What is only asked of one format's signatures is in `dev.chancery.interop`; what happens when a command is
/// interrupted is in `dev.chancery.cli.life`, without a process.
@NullMarked
package dev.chancery.custody;

import org.jspecify.annotations.NullMarked;
