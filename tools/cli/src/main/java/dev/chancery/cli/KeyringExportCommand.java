// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.cli.files.FileCause;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Candidates;
import dev.chancery.cli.office.KeyringDirectory;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.StockKeys;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `chancery keyring export`.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the public keys of all authorities to a directory, in a form of your choice.",
            "",
            "Without --for: a keyring for 'chancery verify --keyring'.",
            "--for gpg: AUTHORITY.gpg, each a keyring for gpgv and sqv.",
            "--for openssl: AUTHORITY.pem, for openssl dgst and pkeyutl; AUTHORITY-2.pem and so on for further keys."
        })
final class KeyringExportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "Where to; made when it is not there.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else runs
    private Path directory;

    @Option(
            names = "--for",
            paramLabel = "TOOL",
            completionCandidates = Candidates.Tools.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: a keyring of ours.")
    private @Nullable String tool;

    @Option(names = "--force", description = "Replace files that are there already.")
    private boolean force;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    KeyringExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal);
        office.requireMade();
        var exported = exported(office.keyring());
        makeDirectory();
        var output = new OutputFiles(force, "--force replaces it");
        exported.forEach((name, content) -> output.write(directory.resolve(name), content));
        output.commit();
        if (json) {
            terminal.out()
                    .print(new JsonFields()
                            .putTexts("files", exported.keySet())
                            .toJson()
                            .pretty());
        } else {
            exported.keySet().forEach(name -> terminal.out().println(Shown.plain(directory.resolve(name))));
        }
        return ExitStatus.DONE;
    }

    private Map<String, Bytes> exported(KeyringDirectory keyring) {
        var exported = new LinkedHashMap<String, Bytes>();
        keyring.read(); // what does not read is not given out
        keyring.files()
                .forEach((format, files) -> files.forEach((authority, file) -> {
                    if (tool == null) {
                        exported.put(
                                keyring.file(authority, format).getFileName().toString(), file);
                    } else {
                        exported.putAll(StockKeys.forTool(tool, format, authority, file));
                    }
                }));
        return exported;
    }

    private void makeDirectory() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UnavailableException("directory %s cannot be made: %s".formatted(directory, FileCause.of(e)), e);
        }
    }
}
