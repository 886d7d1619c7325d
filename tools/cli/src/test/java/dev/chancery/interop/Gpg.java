// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// GnuPG with a keyring of its own, at a time of its own.
public record Gpg(Path home) implements AutoCloseable {
    public static Gpg in(Path home) {
        StockTool.GPG.require();
        try {
            Files.createDirectories(home);
            Files.createDirectory(
                    home.resolve("gnupg"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new Gpg(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A copy of the keyring, for another future.
    Gpg copy(Path to) {
        try (Stream<Path> files = Files.walk(home.resolve("gnupg"))) {
            var copy = in(to);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(home.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs gpg, which must succeed. `time` is `20240102T030405`, when gpg is to believe it is.
    Answer at(String time, String... arguments) {
        return at(time, List.of(arguments), "");
    }

    Answer at(String time, List<String> arguments, String input) {
        var all = new ArrayList<>(List.of(
                "--batch",
                "--no-tty",
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                "",
                "--faked-system-time",
                time + "!"));
        all.addAll(arguments);
        return StockTool.GPG.run(home, Map.of(), all, input).assertStatus(0);
    }

    /// What `--edit-key` asks, answered line by line.
    void edit(String time, String fingerprint, String... lines) {
        var arguments = List.of("--command-fd", "0", "--status-fd", "1", "--expert", "--edit-key", fingerprint);
        var all = new ArrayList<>(List.of(
                "--no-tty", "--pinentry-mode", "loopback", "--passphrase", "", "--faked-system-time", time + "!"));
        all.addAll(arguments);
        StockTool.GPG.run(home, Map.of(), all, String.join("\n", lines) + "\n").assertStatus(0);
    }

    /// Fingerprints of the keys of a user ID, the primary key's first.
    List<String> fingerprints(String userId) {
        return StockTool.GPG
                .run(home, "--batch", "--with-colons", "--with-subkey-fingerprint", "--list-keys", userId)
                .output()
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .map(line -> line.split(":", -1)[9])
                .toList();
    }

    public Path export(String userId, Path file) {
        var exported = StockTool.GPG
                .run(home, "--batch", "--armor", "--export", userId)
                .assertStatus(0);
        try {
            return Files.writeString(file, exported.output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same as packets, as gpgv wants them.
    Path exportBinary(String userId, Path file) {
        StockTool.GPG
                .run(home, "--batch", "--yes", "--output", file.toString(), "--export", userId)
                .assertStatus(0);
        return file;
    }

    /// Ends the agent that gpg started here.
    @Override
    public void close() {
        Answer.to(
                home,
                StockTool.environment(home, Map.of()),
                List.of("gpgconf", "--homedir", home.resolve("gnupg").toString(), "--kill", "all"));
    }
}
