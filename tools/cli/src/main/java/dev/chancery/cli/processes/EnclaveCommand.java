// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.processes;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.Supplier;

/// `chancery enclave`.
public final class EnclaveCommand extends Command {
    private final Supplier<Path> file = pathArgument("FILE", "The configuration.");
    private final Supplier<Boolean> selfCheck =
            flag("--self-check", "Seal the process, try everything that is forbidden then, print a table, and end.");

    public EnclaveCommand(Terminal terminal) {
        super(
                terminal,
                "Runs an enclave: a sealed process that signs what its rules permit, asked through Unix sockets.",
                "",
                "It reads its one configuration file, opens keys and sockets, has the kernel forbid it everything else,"
                        + " and answers until it is stopped. 'chancery config check' explains a configuration.");
        examples(
                "  chancery enclave /etc/chancery/release.json",
                "  chancery enclave --self-check /etc/chancery/release.json");
    }

    @Override
    public Integer call() throws InterruptedException {
        var arguments = new ArrayList<String>();
        if (selfCheck.get()) {
            arguments.add("--self-check");
        }
        arguments.add(file.get().toString());
        dev.chancery.enclave.process.Main.main(arguments.toArray(String[]::new));
        return ExitStatus.DONE;
    }
}
