// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.cli.terminal.StatusLine;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.formats.Formats;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Which server is asked, whom to believe to be it, and who we are to it: options, else the environment.
public record ServerOptions(
        String url,
        Optional<Path> certificate,
        Optional<Path> tokenFile,
        Optional<Path> clientCertificate,
        Optional<Path> clientKey) {
    /// What `--server-certificate` is for.
    public static final String CERTIFICATE_HELP =
            "The server's certificate, or an authority's above it, in PEM, instead of those that Java trusts; or"
                    + " CHANCERY_SERVER_CERTIFICATE.";

    private static final String CERTIFICATE = "CHANCERY_SERVER_CERTIFICATE";

    static Optional<String> variable(Terminal terminal, String name) {
        return Optional.ofNullable(terminal.environment().get(name)).filter(text -> !text.isEmpty());
    }

    /// TLS to a server to which we are nobody.
    public static SSLContext tls(Optional<Path> certificate, Terminal terminal) {
        return new TlsFiles(trusted(certificate, terminal), Optional.empty()).context();
    }

    private static Optional<Path> trusted(Optional<Path> certificate, Terminal terminal) {
        return certificate.or(() -> variable(terminal, CERTIFICATE).map(Path::of));
    }

    /// Who signs there. Nothing is asked yet.
    public ServerSigner signer(Terminal terminal, Formats formats) {
        return new ServerSigner(client(terminal), formats, terminal.clock());
    }

    /// The queue there. Nothing is asked yet.
    public ServerJobs jobs(Terminal terminal) {
        return new ServerJobs(client(terminal));
    }

    private ServerClient client(Terminal terminal) {
        if (clientCertificate.isPresent() != clientKey.isPresent()) {
            throw new UsageException("--client-certificate and --client-key go together");
        }
        var address = ServerAddress.parse(url);
        var client = clientCertificate.map(file -> new TlsFiles.Client(file, clientKey.orElseThrow()));
        var link = new ServerClient.Link(
                address, new TlsFiles(trusted(certificate, terminal), client), Credential.of(tokenFile, terminal));
        return new ServerClient(link, Patience.DEFAULT, new StatusLine(terminal));
    }
}
