// SPDX-License-Identifier: Apache-2.0
/// What every command is built from: [Command], and the [exit statuses][ExitStatus] it ends with.
@NullMarked
package dev.chancery.cli.command;

import org.jspecify.annotations.NullMarked;
