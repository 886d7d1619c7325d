// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `chancery` itself: only its subcommands do anything.
@Command(
        name = "chancery",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Signs artifacts as several authorities, and verifies who stands behind them.",
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  CHANCERY_HOME   the local office; default ~/.chancery",
            "",
            "'chancery help COMMAND' tells about one command."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:verification says no",
            "2:usage: an option or argument is not right",
            "3:malformed input",
            "4:refused by a rule",
            "5:unavailable, try again"
        })
final class ChanceryCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
