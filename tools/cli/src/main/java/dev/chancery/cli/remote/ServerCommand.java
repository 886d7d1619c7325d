// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A command that asks a server, or may do so: an option goes before the environment.
@SuppressWarnings("this-escape") // options are added to the command that is being made, and do not look into it
public abstract class ServerCommand extends Command {
    private static final String SERVER = "CHANCERY_SERVER";

    private final Supplier<Optional<String>> server;
    private final Supplier<Optional<Path>> serverCertificate =
            pathOption("--server-certificate", "FILE", ServerOptions.CERTIFICATE_HELP);
    private final Supplier<Optional<Path>> tokenFile = pathOption(
            "--token-file",
            "FILE",
            "The token that tells the server who asks; or CHANCERY_TOKEN_FILE, or the token itself in CHANCERY_TOKEN.");
    private final Supplier<Optional<Path>> clientCertificate =
            pathOption("--client-certificate", "FILE", "The certificate that tells the server who asks, in PEM.");
    private final Supplier<Optional<Path>> clientKey =
            pathOption("--client-key", "FILE", "Its key, in PEM (PKCS #8) without a passphrase.");

    protected ServerCommand(Terminal terminal, String serverHelp, String... description) {
        super(terminal, description);
        this.server = option("--server", "URL", serverHelp + "; or CHANCERY_SERVER.");
    }

    protected final Optional<Path> serverCertificate() {
        return serverCertificate.get();
    }

    /// The server of the option, and not of the environment.
    protected final boolean isServerGiven() {
        return server.get().isPresent();
    }

    /// The server that is asked; empty where none is.
    protected Optional<String> serverUrl() {
        return server.get()
                .or(() -> Optional.ofNullable(terminal().environment().get(SERVER)))
                .filter(text -> !text.isEmpty());
    }

    protected final boolean hasServerOptions() {
        return Stream.of(serverCertificate, tokenFile, clientCertificate, clientKey)
                .anyMatch(option -> option.get().isPresent());
    }

    /// Classes that know HTTP are met only with what comes of this.
    protected final ServerOptions serverOptions() {
        String url = serverUrl().orElseThrow(() -> new UsageException("say which server: --server URL"));
        return new ServerOptions(
                url, serverCertificate.get(), tokenFile.get(), clientCertificate.get(), clientKey.get());
    }
}
