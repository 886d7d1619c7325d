// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A primary key that was made in a token leads the life of one in a file, and gpgv judges what it binds.
class PrimaryTokenIT {
    @TempDir
    private Path root;

    @Test
    void aPrimaryKeyInATokenPlansExtendsCertifiesAndRevokesAndOnlyWhileTheTokenIsThere() throws IOException {
        Path module = TokenOffice.module();
        TokenOffice.require("gpgv", "sqv");
        var office = TokenOffice.in(root);
        office.run("provider", "add", "hsm", "--module", module.toString(), "--token", "release", "--pin", "file:pin")
                .assertStatus(0);
        office.run(create("release", "--primary-provider", "none"))
                .assertStatus(4)
                .assertSays("no key provider none");
        office.run(create("release", "--primary-provider", "hsm")).assertStatus(0);
        assertEquals(List.of(), privateFiles(office), "no file in primary/ has a private key");
        office.run("key", "rotate", "release").assertStatus(0);
        assertSignatureIsGood(office);

        office.run("key", "share", "split", "release", "--required", "2", "--shares", "2", "--output", "shares")
                .assertStatus(4)
                .assertSays("is in a token, which gives no private key out");
        office.unplug();
        office.run(extend(day(400))).assertStatus(5).assertSays("token \"release\" is not there");
        office.plugIn();
        office.run(extend(day(400))).assertStatus(0);
        assertSignatureIsGood(office);

        office.run("key", "plan", "release", "--cycle", "b").assertStatus(0);
        certifyAnother(office);
        office.run("key", "revoke", "release", "--cycle", "a", "--reason", "compromised")
                .assertStatus(0);
        export(office);
        office.tool("sqv", "--keyring", "keys/release.gpg", "file.asc", "file").assertFails();
    }

    /// An administrator whose key is in the token.
    private static void certifyAnother(TokenOffice office) {
        office.run(create("qa")).assertStatus(0);
        office.run("key", "request-certification", "qa", "--output", "request.asc")
                .assertStatus(0);
        var shown = office.tool("gpg", "--show-keys", "--with-colons", "request.asc")
                .output();
        String fingerprint = shown.lines()
                .filter(line -> line.startsWith("fpr:"))
                .findFirst()
                .orElseThrow()
                .split(":", -1)[9];
        office.run(
                        "key",
                        "certify",
                        "request.asc",
                        "--as",
                        "release",
                        "--fingerprint",
                        fingerprint,
                        "--output",
                        "certified.asc")
                .assertStatus(0);
        office.tool("cp", office.home().resolve("keyring/release.openpgp.asc").toString(), "administrator.asc")
                .assertStatus(0);
        office.run("key", "policy", "qa", "--administrator", "administrator.asc", "--required", "1")
                .assertStatus(0);
        office.run("key", "accept", "qa", "certified.asc").assertStatus(0);
        office.run("key", "show", "qa").assertStatus(0).assertSays("certified");
    }

    private static String[] create(String authority, String... more) {
        var words = new java.util.ArrayList<>(
                List.of("key", "create", authority, "--cycle", "a", "--start", day(-1), "--end", day(180)));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /// So many days from now.
    private static String day(int days) {
        return LocalDate.now(ZoneOffset.UTC).plusDays(days).toString();
    }

    private static String[] extend(String end) {
        return new String[] {"key", "extend", "release", "--to", end};
    }

    private static List<String> privateFiles(TokenOffice office) throws IOException {
        try (var files = Files.walk(office.home().resolve("primary"))) {
            return files.filter(Files::isRegularFile)
                    .filter(PrimaryTokenIT::hasPrivateKey)
                    .map(Path::toString)
                    .toList();
        }
    }

    private static boolean hasPrivateKey(Path file) {
        try {
            return Files.readString(file).contains("PRIVATE KEY");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void export(TokenOffice office) {
        office.run("keyring", "export", "--for", "gpg", "--force", "keys").assertStatus(0);
    }

    private static void assertSignatureIsGood(TokenOffice office) throws IOException {
        Files.writeString(office.work("file"), "content\n");
        office.run("sign", "file", "--as", "release", "--force").assertStatus(0);
        export(office);
        office.tool("gpgv", "--keyring", "./keys/release.gpg", "file.asc", "file")
                .assertStatus(0);
        var judged = office.tool("sqv", "--keyring", "keys/release.gpg", "file.asc", "file");
        assertTrue(judged.status() == 0, judged.toString());
    }
}
