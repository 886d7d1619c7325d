// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Quoted;
import dev.chancery.server.ServerConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery serve`.
public final class ServeCommand extends Command {
    /// Runs another command in this process, and tells its exit status.
    @FunctionalInterface
    public interface Runner {
        int run(List<String> words);
    }

    private final Supplier<Optional<Path>> config = pathOption(
            "--config", "FILE", "Run the server of this configuration, and no enclave: those run by themselves.");
    private final Supplier<Optional<String>> port =
            option("--port", "PORT", "Where to listen this time, instead of the configured port; 0 takes a free one.");
    private final Runner runner;

    public ServeCommand(Terminal terminal, Runner runner) {
        super(
                terminal,
                "Runs a server: signatures over HTTPS, each with a receipt from a transparency log.",
                "",
                "Without --config it serves the local office: it starts a sealed enclave beside itself, and makes what"
                        + " a server needs in the folder 'server' of the office. Where there is no office it makes"
                        + " one with two authorities, build and release, and a token to try them.");
        examples("  chancery serve", "  chancery serve --config /etc/chancery/server.json");
        this.runner = runner;
    }

    @Override
    public Integer call() throws InterruptedException {
        var file = config.get();
        if (file.isPresent()) {
            var parent = file.get().toAbsolutePath().getParent();
            var running = RunningServer.start(
                    chosen(ServerDirectory.read(file.get())), parent == null ? file.get() : parent, terminal());
            running.tell();
            running.await();
            return ExitStatus.DONE;
        }
        return serveOffice();
    }

    private int serveOffice() throws InterruptedException {
        var office = Office.of(terminal());
        boolean fresh = !Files.exists(office.configurationFile());
        if (fresh) {
            int status = makeOffice();
            if (status != ExitStatus.DONE) {
                return status;
            }
        }
        var directory = new ServerDirectory(office);
        directory.make(new SecureRandom());
        if (fresh) {
            FirstToken.make(directory, terminal().clock().instant());
        }
        var application = Path.of(System.getProperty("chancery.app", ""));
        try (var enclave = EnclaveProcess.start(application, directory.enclaveFile(), directory.socket())) {
            var running = RunningServer.start(chosen(directory.configuration()), directory.path(), terminal());
            running.tell();
            if (Files.exists(directory.firstTokenFile())) {
                terminal()
                        .err()
                        .println("a token for the first steps is in " + Shown.plain(directory.firstTokenFile()));
            }
            running.awaitWith(enclave);
        }
        return ExitStatus.UNAVAILABLE;
    }

    private ServerConfiguration chosen(ServerConfiguration configuration) {
        return port.get().map(text -> configuration.onPort(number(text))).orElse(configuration);
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new UsageException("port %s is no number".formatted(Quoted.text(text)));
        }
        return Integer.parseInt(text);
    }

    private int makeOffice() {
        int status = runner.run(List.of("init"));
        for (String authority : List.of("build", "release")) {
            if (status == ExitStatus.DONE) {
                status = runner.run(List.of(
                        "authority",
                        "add",
                        authority,
                        "--format",
                        "openpgp",
                        "--format",
                        "raw",
                        "--format",
                        "sigstore",
                        "--format",
                        "statement",
                        "--format",
                        "tag",
                        "--requester",
                        "local:" + System.getProperty("user.name", "unknown"),
                        "--requester",
                        FirstToken.REQUESTER));
            }
        }
        return status;
    }
}
