// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.places.Places;
import dev.chancery.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// A command that moves artifacts to a place or from one.
@SuppressWarnings("this-escape") // options are added to the command that is being made, and do not look into it
abstract class PlaceCommand extends PolicyCommand {
    private final Supplier<Optional<Path>> certificate =
            pathOption("--place-certificate", "FILE", Places.CERTIFICATE_HELP);

    PlaceCommand(Terminal terminal, String... description) {
        super(terminal, description);
    }

    final Places places() {
        return new Places(terminal(), certificate.get());
    }
}
