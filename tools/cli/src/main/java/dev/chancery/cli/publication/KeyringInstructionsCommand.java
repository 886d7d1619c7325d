// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publication;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.files.KeyringDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// `chancery keyring instructions`.
public final class KeyringInstructionsCommand extends Command {
    /// What a shell takes as one word as it stands.
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");
    private static final Pattern URL =
            Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+(?:/[A-Za-z0-9._/-]*[A-Za-z0-9._-])?");

    private final Supplier<String> authority = argument("AUTHORITY", "Whose signatures are to be verified.");
    private final Supplier<Optional<String>> artifact =
            option("--artifact", "NAME", "What the artifact is called in the commands. Default: app.tar.gz.");
    private final Supplier<Optional<String>> url = option(
            "--url",
            "URL",
            "The server that hands out the keys: https://keys.example.org. Default: they come as a directory.");
    private final Supplier<Optional<Path>> directory =
            pathOption("--keyring", "DIR", "The keyring that the keys are of. Default: the office's own.");

    public KeyringInstructionsCommand(Terminal terminal) {
        super(
                terminal,
                "Writes for your users how to verify an authority's signatures with gpg, sqv, apt, rpm, pacman, Maven,"
                        + " openssl and minisign.",
                "",
                "The commands are for the keys that the authority has now: write it again after each"
                        + " change. Without --url,"
                        + " hand out what 'chancery keyring export --for gpg keys' writes, and the same for openssl and"
                        + " minisign.");
        examples("  chancery keyring instructions release --artifact app-1.2.tar.gz --url"
                + " https://keys.example.org > VERIFY.md");
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal());
        var name = new Authority(authority.get());
        KeyringDirectory keyring = directory
                .get()
                .map(folder -> new KeyringDirectory(folder, office.formats()))
                .orElseGet(() -> {
                    office.requireMade();
                    return office.keyring();
                });
        keyring.read(); // what does not read is not given out
        Map<FormatName, Bytes> files = new LinkedHashMap<>();
        keyring.files().forEach((format, ofFormat) -> {
            Bytes file = ofFormat.get(name);
            if (file != null) {
                files.put(format, file);
            }
        });
        if (files.isEmpty()) {
            throw MalformedException.value("authority", name.name(), "has no key in the keyring");
        }
        String named = new ArtifactName(word("artifact", artifact.get().orElse("app.tar.gz"), WORD)).text();
        var text = new Instructions(
                        name,
                        named,
                        url.get().map(address -> word("URL", address, URL)),
                        terminal().clock().instant())
                .write(files);
        terminal().out().print(text);
        return ExitStatus.DONE;
    }

    /// Whoever runs a command of the text runs what is in this word.
    private static String word(String subject, String text, Pattern allowed) {
        if (!allowed.matcher(text).matches()) {
            throw MalformedException.value(subject, text, "has characters that mean something to a shell, or is none");
        }
        return text;
    }
}
