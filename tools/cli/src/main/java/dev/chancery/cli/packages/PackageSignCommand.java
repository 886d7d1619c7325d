// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// `chancery package sign`.
public final class PackageSignCommand extends PackageCommand {
    private final Supplier<List<Path>> files = pathArguments("FILE", 1, "Packages that are built already.");
    private final Supplier<List<String>> authorities =
            requiredOptions("--as", "AUTHORITY", "Who signs. May be given several times.");

    public PackageSignCommand(Terminal terminal) {
        super(
                terminal,
                "Signs packages as package registries want it.",
                "",
                "The signature is OpenPGP, armored, in FILE.sig: what Elastic's package registry hands out and its"
                        + " clients verify. With several authorities it is FILE.AUTHORITY.sig.");
        examples("  chancery package sign apache-1.2.3.zip --as release");
    }

    @Override
    public Integer call() {
        sign(files.get(), authorities.get());
        return ExitStatus.DONE;
    }
}
