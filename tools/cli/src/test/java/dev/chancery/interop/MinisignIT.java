// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// minisign judges our signatures, and `chancery verify` those that minisign makes.
class MinisignIT {
    private static final String FILE = "artifact.tar";
    /// Bytes: so many that libcrypto takes over, and half a block.
    private static final int FILE_BYTES = 5_000_001;

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void sign() throws IOException {
        StockTool.MINISIGN.require();
        office = Office.in(root);
        office.authority("qa", "minisign", "ed25519");
        office.authority("other", "minisign", "ed25519");
        office.authority("third", "raw", "rsa-3072");
        byte[] content = new byte[FILE_BYTES];
        new Random(1).nextBytes(content);
        Files.write(work(FILE), content);
        Files.writeString(work("small file"), "small\n");
        office.run("sign", FILE, "small file", "--as", "qa").assertStatus(0);
        office.run("keyring", "export", "--for", "minisign", keys().toString()).assertStatus(0);
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    private static Path keys() {
        return root.resolve("keys");
    }

    private static Answer minisign(String key, String signature, String file) {
        Path publicKey = keys().resolve(key + ".minisign.pub");
        return StockTool.MINISIGN.run(office.work(), "-V", "-p", publicKey.toString(), "-x", signature, "-m", file);
    }

    @Test
    void minisignAcceptsOurs() {
        for (String file : List.of(FILE, "small file")) {
            minisign("qa", file + ".minisig", file)
                    .assertStatus(0)
                    .assertSays("Signature and comment signature verified")
                    .assertSays("\tfile:" + file + "\tauthority:qa");
            assertEquals(Map.of(file + ".minisig", "good qa"), office.verify(office.keyring(), "qa", List.of(file)));
        }
    }

    /// OpenSSL's configuration can load libraries into this process, so libcrypto must not read what the variable
    /// names:
    /// here a pipe, at which it would wait for ever.
    @Test
    void theConfigurationOfOpensslIsNotRead() {
        Path pipe = root.resolve("pipe");
        Answer.to(root, office.environment(), List.of("mkfifo", pipe.toString()))
                .assertStatus(0);
        var environment = new HashMap<>(office.environment());
        environment.put("OPENSSL_CONF", pipe.toString());
        String chancery = Office.PACKAGED.resolve("bin/chancery").toString();
        Answer.to(office.work(), environment, List.of(chancery, "verify", FILE, "--require", "qa"))
                .assertStatus(0);
    }

    @Test
    void minisignRefusesWhatWasChanged() throws IOException {
        byte[] content = Files.readAllBytes(work(FILE));
        content[FILE_BYTES / 2] ^= 1;
        Files.write(work("changed"), content);
        assertRefused("other-content", FILE + ".minisig", "changed");
        minisign("other", FILE + ".minisig", FILE).assertFails();
        minisign("qa", "missing.minisig", FILE).assertFails();
        var lines = Files.readAllLines(work(FILE + ".minisig"));
        var small = Files.readAllLines(work("small file.minisig"));
        for (int line = 1; line < lines.size(); line++) {
            var mixed = new ArrayList<>(lines);
            mixed.set(line, small.get(line));
            Files.write(work("mixed.minisig"), mixed);
            assertRefused("other-content", "mixed.minisig", FILE);
        }
    }

    private static void assertRefused(String reason, String signature, String file) {
        minisign("qa", signature, file).assertFails();
        assertEquals(
                Map.of(signature, reason),
                office.verify(office.keyring(), "qa", List.of(file, "--signature", signature)));
    }

    /// A keyring in which the authority has two keys, one after the other, and a third one that is not in it.
    @Test
    void chanceryAcceptsTheirs() throws IOException {
        Path home = Files.createDirectories(root.resolve("minisign"));
        for (String key : List.of("first", "second", "stranger")) {
            StockTool.MINISIGN
                    .run(home, "-G", "-W", "-p", key + ".pub", "-s", key + ".key")
                    .assertStatus(0);
        }
        Path keyring = Files.createDirectories(root.resolve("keyring-foreign"));
        Files.copy(office.keyring().resolve("third.raw.pem"), keyring.resolve("third.raw.pem"));
        Files.writeString(
                keyring.resolve("qa.minisign.pub"),
                Files.readString(home.resolve("first.pub")) + Files.readString(home.resolve("second.pub")));
        var made = Map.of(
                "plain", List.of("-s", "first.key"),
                "legacy", List.of("-l", "-s", "second.key"),
                "comments", List.of("-s", "second.key", "-c", "ours", "-t", "no time at all: ü"));
        for (var options : made.entrySet()) {
            assertEquals("good qa", verdict(home, keyring, options.getKey(), options.getValue()));
        }
        assertEquals("unknown-key", verdict(home, keyring, "unknown", List.of("-s", "stranger.key")));
    }

    private static String verdict(Path home, Path keyring, String name, List<String> options) throws IOException {
        var arguments = new ArrayList<>(List.of("-S", "-m", work("small file").toString(), "-x", name));
        arguments.addAll(options);
        StockTool.MINISIGN.run(home, Map.of(), arguments, "").assertStatus(0);
        Files.copy(home.resolve(name), work(name), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(work("another file"), "other\n");
        var other = office.verify(keyring, "qa", List.of("another file", "--signature", name));
        assertTrue(!other.containsValue("good qa"), other.toString());
        return office.verify(keyring, "qa", List.of("small file", "--signature", name))
                .getOrDefault(name, "nothing");
    }
}
