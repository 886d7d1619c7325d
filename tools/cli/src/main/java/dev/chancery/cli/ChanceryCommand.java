// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.terminal.UsageException;
import java.util.LinkedHashMap;
import picocli.CommandLine.Model.CommandSpec;

/// `chancery` itself: only its subcommands do anything.
final class ChanceryCommand {
    private ChanceryCommand() {}

    static CommandSpec spec() {
        var exits = new LinkedHashMap<String, String>();
        exits.put("0", "done");
        exits.put("1", "verification says no");
        exits.put("2", "usage: an option or argument is not right");
        exits.put("3", "malformed input");
        exits.put("4", "refused by a rule");
        exits.put("5", "unavailable, try again");
        CommandSpec spec =
                group("chancery", "Signs artifacts as several authorities, and verifies who stands behind them.");
        spec.usageMessage()
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(exits)
                .footerHeading("%nEnvironment:%n")
                .footer(
                        "  CHANCERY_HOME   the local office; default ~/.chancery",
                        "  CHANCERY_SERVER the server that signs instead: docs/server-clients.md",
                        "",
                        "'chancery help COMMAND' tells about one command.");
        return spec;
    }

    /// A word that does nothing alone: `chancery authority`.
    static CommandSpec group(String name, String description) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(
                (Runnable) () -> {
                    throw new UsageException("a command is missing");
                },
                Command.LISTS);
        spec.name(name);
        Command.addStandardOptions(spec);
        spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
        return spec;
    }
}
