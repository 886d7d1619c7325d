// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.UnavailableException;
import dev.chancery.server.ServerConfiguration;
import dev.chancery.store.StoreLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/// Which server a command means, and its store: that of a configuration, or that of the local office.
final class TokenStore {
    private TokenStore() {}

    static StoreLocation location(Terminal terminal, Optional<Path> config) {
        if (config.isPresent()) {
            return ServerDirectory.read(config.get()).store();
        }
        var office = Office.of(terminal);
        office.requireMade();
        var directory = new ServerDirectory(office);
        directory.make(new SecureRandom());
        return directory.configuration().store();
    }

    /// Without making anything.
    static StoreLocation existing(Terminal terminal, Optional<Path> config) {
        return configuration(terminal, config).store();
    }

    /// Without making anything.
    static ServerConfiguration configuration(Terminal terminal, Optional<Path> config) {
        if (config.isPresent()) {
            return ServerDirectory.read(config.get());
        }
        var directory = new ServerDirectory(Office.of(terminal));
        if (!Files.exists(directory.configurationFile())) {
            throw new HintedException(
                    new UnavailableException("this office has no server yet"),
                    "'chancery serve' or 'chancery token add' makes what it needs");
        }
        return directory.configuration();
    }
}
