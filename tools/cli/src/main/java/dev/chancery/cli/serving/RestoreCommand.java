// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.server.ServerConfiguration;
import dev.chancery.server.log.TileFolder;
import dev.chancery.store.Store;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery restore`.
public final class RestoreCommand extends Command {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Supplier<Path> file = pathArgument("FILE", "What 'chancery backup' wrote, or - for standard input.");
    private final Supplier<Optional<Path>> config =
            pathOption("--config", "FILE", "The server's configuration. Default: that of the local office.");

    public RestoreCommand(Terminal terminal) {
        super(
                terminal,
                "Fills the empty store of a server with a backup: all of it, or nothing.",
                "",
                "Also from SQLite to PostgreSQL and back. The folder of the log is written again by the server where it"
                        + " was lost; where it shows more than the backup has, the backup is refused.");
        examples("  chancery restore monday.chancery", "  zstd -dc monday.chancery.zst | chancery restore -");
    }

    @Override
    public Integer call() {
        var configuration = TokenStore.configuration(terminal(), config.get());
        try (var store = FirstToken.open(configuration.store())) {
            restore(store, configuration);
            terminal()
                    .err()
                    .println("the store has %d entries again"
                            .formatted(store.ledger().size()));
        }
        return ExitStatus.DONE;
    }

    private void restore(Store store, ServerConfiguration configuration) {
        boolean standard = file.get().toString().equals("-");
        try (InputStream input = standard ? terminal().in() : Files.newInputStream(file.get())) {
            store.restore(
                    new BufferedInputStream(input, BUFFER_BYTES),
                    entries -> requireNewest(entries, configuration.log().tiles()));
        } catch (RefusedException e) {
            throw e.rule().equals("store-not-empty")
                    ? new HintedException(
                            e,
                            "stop the server, and move its store out of the way (the file with -wal and"
                                    + " -shm beside it, or the tables), or name the configuration of an empty one")
                    : e;
        } catch (NoSuchFileException e) {
            throw new UnavailableException("backup %s cannot be read: it does not exist".formatted(file.get()), e);
        } catch (IOException e) {
            throw new UnavailableException("backup %s cannot be read: %s".formatted(file.get(), FileCause.of(e)), e);
        }
    }

    /// The world has seen what the folder shows: a store that knows less would make a second history of it.
    private static void requireNewest(long entries, Path tiles) {
        long shown = new TileFolder(tiles).shownSize();
        if (shown > entries) {
            throw new HintedException(
                    new RefusedException(
                            "log-fork",
                            "the log's folder shows %d entries and the backup has %d; nothing was restored"
                                    .formatted(shown, entries)),
                    "take a newer backup; where there is none, this log has ended: begin another one, under another"
                            + " origin and with an empty folder");
        }
    }
}
