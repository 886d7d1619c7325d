// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.Store;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery backup`.
public final class BackupCommand extends Command {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Supplier<Path> file = pathArgument("FILE", "Where to, or - for standard output. Never overwritten.");
    private final Supplier<Optional<Path>> config =
            pathOption("--config", "FILE", "The server's configuration. Default: that of the local office.");

    public BackupCommand(Terminal terminal) {
        super(
                terminal,
                "Writes all that a server's store has to a file, while the server works: entries of the log,"
                        + " signatures, answers, tags, and the hashes of tokens.",
                "",
                "Keys are not in it: neither those of the authorities, nor the log's, nor that of TLS.");
        examples("  chancery backup monday.chancery", "  chancery backup - | zstd > monday.chancery.zst");
    }

    @Override
    public Integer call() {
        try (var store = FirstToken.open(TokenStore.existing(terminal(), config.get()))) {
            if (file.get().toString().equals("-")) {
                toStandardOutput(store);
            } else {
                var files = new OutputFiles(false);
                var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
                files.write(file.get(), output -> write(store, output), own);
                files.commit();
                terminal().err().println("backup of the store is in " + file.get());
            }
        }
        return ExitStatus.DONE;
    }

    private static void write(Store store, OutputStream output) throws IOException {
        var buffered = new BufferedOutputStream(output, BUFFER_BYTES);
        store.export(buffered);
        buffered.flush();
    }

    private void toStandardOutput(Store store) {
        try {
            write(store, terminal().out());
        } catch (IOException e) {
            throw new UnavailableException("the backup cannot be written to standard output", e);
        }
        if (terminal().out().checkError()) {
            throw new UnavailableException("the backup cannot be written to standard output");
        }
    }
}
