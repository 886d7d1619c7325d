// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.command.Version;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.reference.GpgPage;
import dev.chancery.cli.reference.ManPages;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery man`.
final class ManCommand extends Command {
    private final Supplier<Optional<Path>> where =
            optionalPathArgument("DIR", "Where to; made when it is not there. Default: the current directory.");

    ManCommand(Terminal terminal) {
        super(
                terminal,
                "Writes the man pages: chancery.1, chancery-sign.1 and so on.",
                "",
                "Pages that are there are replaced. Read one with man -l chancery.1, or write them to a directory man1"
                        + " of MANPATH, such as ~/.local/share/man/man1.");
    }

    @Override
    public Integer call() throws IOException {
        Path directory = where.get().orElse(Path.of(""));
        var edition = new ManPages.Edition(Version.date(), "chancery " + Version.text());
        var pages = ManPages.of(Commands.tree(terminal()), edition);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UnavailableException("directory %s cannot be made: %s".formatted(directory, FileCause.of(e)), e);
        }
        var output = new OutputFiles(true);
        pages.put(GpgPage.FILE, GpgPage.of(edition));
        pages.forEach(
                (name, page) -> output.write(directory.resolve(name), Bytes.of(page.getBytes(StandardCharsets.UTF_8))));
        output.commit();
        pages.keySet().forEach(name -> terminal().out().println(Shown.plain(directory.resolve(name))));
        return ExitStatus.DONE;
    }
}
