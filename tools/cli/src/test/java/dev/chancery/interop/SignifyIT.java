// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// signify judges our signatures, and `chancery verify` those that signify makes.
class SignifyIT {
    private static final String FILE = "SHA256SUMS";
    private static final String SIGNATURE = FILE + ".signify.sig";
    /// Bytes: the most that a signature covers.
    private static final int FILE_BYTES = 1 << 20;

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void sign() throws IOException {
        StockTool.SIGNIFY_OPENBSD.require();
        office = Office.in(root);
        office.authority("qa", "signify", "ed25519");
        office.authority("other", "signify", "ed25519");
        office.authority("third", "raw", "rsa-3072");
        byte[] content = new byte[FILE_BYTES];
        new Random(1).nextBytes(content);
        Files.write(work(FILE), content);
        office.run("sign", FILE, "--as", "qa").assertStatus(0);
        office.run("keyring", "export", "--for", "signify", keys().toString()).assertStatus(0);
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    private static Path keys() {
        return root.resolve("keys");
    }

    private static Answer signify(String key, String signature, String file) {
        Path publicKey = keys().resolve(key + ".signify.pub");
        return StockTool.SIGNIFY_OPENBSD.run(
                office.work(), "-V", "-p", publicKey.toString(), "-x", signature, "-m", file);
    }

    @Test
    void signifyAcceptsOurs() {
        signify("qa", SIGNATURE, FILE).assertStatus(0).assertSays("Signature Verified");
        assertEquals(Map.of(SIGNATURE, "good qa"), office.verify(office.keyring(), "qa", List.of(FILE)));
    }

    @Test
    void signifyRefusesWhatWasChanged() throws IOException {
        byte[] content = Files.readAllBytes(work(FILE));
        content[FILE_BYTES / 2] ^= 1;
        Files.write(work("changed"), content);
        assertRefused(SIGNATURE, "changed");
        signify("other", SIGNATURE, FILE).assertFails();
        signify("qa", "missing.sig", FILE).assertFails();
        String signature = Files.readString(work(SIGNATURE));
        char digit = signature.charAt(signature.length() - 10);
        Files.writeString(
                work("damaged.sig"),
                signature.substring(0, signature.length() - 10)
                        + (digit == 'A' ? 'B' : 'A')
                        + signature.substring(signature.length() - 9));
        assertRefused("damaged.sig", FILE);
    }

    private static void assertRefused(String signature, String file) {
        signify("qa", signature, file).assertFails();
        assertEquals(
                Map.of(signature, "other-content"),
                office.verify(office.keyring(), "qa", List.of(file, "--signature", signature)));
    }

    @Test
    void largerFilesAreNotSigned() throws IOException {
        Files.write(work("larger"), new byte[FILE_BYTES + 1]);
        office.run("sign", "larger", "--as", "qa").assertStatus(3).assertSays("and larger has 1048577");
    }

    @Test
    void chanceryAcceptsTheirs() throws IOException {
        Path home = Files.createDirectories(root.resolve("signify"));
        for (String key : List.of("first", "second", "stranger")) {
            StockTool.SIGNIFY_OPENBSD
                    .run(home, "-G", "-n", "-p", key + ".pub", "-s", key + ".sec")
                    .assertStatus(0);
            StockTool.SIGNIFY_OPENBSD
                    .run(
                            home,
                            "-S",
                            "-s",
                            key + ".sec",
                            "-m",
                            work(FILE).toString(),
                            "-x",
                            work(key + ".sig").toString())
                    .assertStatus(0);
        }
        Path keyring = Files.createDirectories(root.resolve("keyring-foreign"));
        Files.copy(office.keyring().resolve("third.raw.pem"), keyring.resolve("third.raw.pem"));
        Files.writeString(
                keyring.resolve("qa.signify.pub"),
                Files.readString(home.resolve("first.pub")) + Files.readString(home.resolve("second.pub")));
        Files.writeString(work("other"), "other\n");
        for (String key : List.of("first", "second")) {
            String name = key + ".sig";
            assertEquals(Map.of(name, "good qa"), office.verify(keyring, "qa", List.of(FILE, "--signature", name)));
            assertEquals(
                    Map.of(name, "other-content"), office.verify(keyring, "qa", List.of("other", "--signature", name)));
        }
        assertEquals(
                Map.of("stranger.sig", "unknown-key"),
                office.verify(keyring, "qa", List.of(FILE, "--signature", "stranger.sig")));
    }
}
