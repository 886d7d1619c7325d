// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.processes;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.relay.Relay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery relay`.
public final class RelayCommand extends Command {
    private final Supplier<Optional<Path>> socket =
            optionalPathArgument("SOCKET", "The enclave's stream door. Default: /run/chancery/USER.sock.");
    private final Supplier<Boolean> named =
            flag("--name-from-command", "The client's command has to be 'sign NAME': sign under that name.");

    public RelayCommand(Terminal terminal) {
        super(
                terminal,
                "Joins standard input and output to an enclave: the ForceCommand of an OpenSSH server.",
                "",
                "Nothing passes but the content and its signature. The client's command is ignored without"
                        + " --name-from-command.");
        examples(
                "  ForceCommand /usr/lib/chancery/bin/chancery relay /run/chancery/release/packages.sock",
                "  ssh signer@host < core.db > core.db.sig");
    }

    @Override
    public Integer call() {
        var arguments = new ArrayList<String>();
        if (named.get()) {
            arguments.add("--name-from-command");
        }
        socket.get().map(Path::toString).ifPresent(arguments::add);
        Relay.main(arguments.toArray(String[]::new));
        return ExitStatus.DONE;
    }
}
