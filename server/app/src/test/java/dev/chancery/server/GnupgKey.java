// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.server.listener.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// A key in a GnuPG home of its own: a primary key that certifies and a subkey that signs, both made on 2026-01-02.
public record GnupgKey(Path home, String fingerprint) implements AutoCloseable {
    private static final String MADE = "20260102T030405!";

    public static GnupgKey make(Path home, String userId) throws IOException, InterruptedException {
        Files.createDirectories(
                home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var bare = new GnupgKey(home, "");
        bare.at(MADE, "--quick-generate-key", userId, "ed25519", "cert", "never");
        var key = new GnupgKey(home, bare.fingerprints().getFirst());
        key.at(MADE, "--quick-add-key", key.fingerprint(), "ed25519", "sign", "never");
        return key;
    }

    /// A home without a key: somebody who fetches.
    public static GnupgKey nobody(Path home) throws IOException {
        Files.createDirectories(
                home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new GnupgKey(home, "");
    }

    /// The same key in another home, as it is now.
    public GnupgKey copy(Path other) throws IOException, InterruptedException {
        close();
        var said = StockTool.run("cp", "-a", home.toString(), other.toString());
        assertEquals(0, said.exit(), said.text());
        return new GnupgKey(other, fingerprint);
    }

    /// Of all keys in the home, primary keys and subkeys, as they are listed.
    List<String> fingerprints() throws IOException, InterruptedException {
        var matcher = Pattern.compile("(?m)^fpr:::::::::([0-9A-F]+):").matcher(gpg("--list-keys", "--with-colons"));
        var found = new ArrayList<String>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    public String subkey() throws IOException, InterruptedException {
        return fingerprints().get(1);
    }

    public String at(String time, String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("--faked-system-time", time));
        all.addAll(Arrays.asList(words));
        return gpg(all.toArray(String[]::new));
    }

    /// What gpg said, which went well.
    public String gpg(String... words) throws IOException, InterruptedException {
        var said = run(words);
        assertEquals(0, said.exit(), said.text());
        return said.text();
    }

    public StockTool.Said run(String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(
                "--homedir",
                home.toString(),
                "--batch",
                "--yes",
                "--quiet",
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                ""));
        all.addAll(Arrays.asList(words));
        return StockTool.run("gpg", all.toArray(String[]::new));
    }

    /// Answers to the questions of `--edit-key`, out of a file.
    public void edit(String time, String... answers) throws IOException, InterruptedException {
        Path file = Files.writeString(home.resolve("answers"), String.join("\n", answers) + "\n");
        var said = StockTool.run(
                "sh",
                "-c",
                ("gpg --homedir '%s' --faked-system-time %s --pinentry-mode loopback --passphrase ''"
                                        + " --no-tty --command-fd 0")
                                .formatted(home, time)
                        + " --edit-key %s < '%s'".formatted(fingerprint, file));
        assertEquals(0, said.exit(), said.text());
    }

    public byte[] exported(String... options) throws IOException, InterruptedException {
        Path file = home.resolve("exported.asc");
        var words = new ArrayList<>(List.of("--armor", "--output", file.toString()));
        words.addAll(List.of(options));
        words.addAll(List.of("--export", fingerprint));
        gpg(words.toArray(String[]::new));
        return Files.readAllBytes(file);
    }

    /// Certifies another's key.
    void certify(GnupgKey other) throws IOException, InterruptedException {
        take(other);
        gpg("--quick-sign-key", other.fingerprint());
    }

    /// Imports another's certificate.
    void take(GnupgKey other) throws IOException, InterruptedException {
        other.exported();
        gpg("--import", other.home().resolve("exported.asc").toString());
        assertTrue(fingerprints().contains(other.fingerprint()));
    }

    /// Ends the processes that gpg left behind.
    @Override
    public void close() throws IOException {
        try {
            StockTool.run("gpgconf", "--homedir", home.toString(), "--kill", "all");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
