// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.cli;

import picocli.CommandLine.Command;

/// A command, for the rule that reads the names of commands.
@Command(name = "innocent")
final class InnocentCommand {

    private InnocentCommand() {}
}
