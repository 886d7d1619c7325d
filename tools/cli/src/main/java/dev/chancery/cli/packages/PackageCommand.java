// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.signatures.AskingCommand;
import dev.chancery.cli.signing.Signing;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A command that signs packages as registries want it: an armored OpenPGP signature in `PACKAGE.sig`.
@SuppressWarnings("this-escape") // options are added to the command that is being made, and do not look into it
abstract class PackageCommand extends AskingCommand {
    static final String SUFFIX = ".sig";
    private static final FormatName OPENPGP = new FormatName("openpgp");

    private final Supplier<Boolean> force =
            flag("--force", "Replace a package or signature that is there already and is another one.");

    PackageCommand(Terminal terminal, String... description) {
        super(terminal, description);
    }

    final boolean replaces() {
        return force.get();
    }

    /// Several authorities sign in a file each: `PACKAGE.AUTHORITY.sig`.
    final void sign(List<Path> packages, List<String> names, boolean quiet) {
        var authorities = names.stream().map(Authority::new).distinct().toList();
        try (var means = means(packages.size() * authorities.size())) {
            var choice =
                    new Signing.Choice(authorities, List.of(OPENPGP), Optional.empty(), Optional.of(Encoding.ARMOR));
            var naming = new Signing.Naming(
                    Optional.empty(),
                    Optional.of(SUFFIX),
                    authorities.size() > 1,
                    false,
                    force.get(),
                    quiet,
                    receipts());
            new Signing(terminal(), means, choice, naming)
                    .sign(packages.stream().map(Content::file).toList());
        }
    }
}
