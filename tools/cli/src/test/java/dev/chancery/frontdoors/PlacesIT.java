// SPDX-License-Identifier: Apache-2.0
package dev.chancery.frontdoors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Between build and installation, with a real web server: packages are signed by two authorities, published, fetched
/// past a policy; and then everything that somebody who holds the web server could do to them.
class PlacesIT {
    private static final List<String> REQUIRED = List.of("--require", "jenkins", "--require", "1:qa,security");

    @TempDir
    private static Path root;

    private static Office office;
    private static RunningNginx nginx;

    @TempDir
    private Path installed;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        nginx = RunningNginx.in(root.resolve("nginx"));
        office = Office.in(root);
        office.authority("jenkins", "openpgp", "ed25519");
        office.authority("qa", "raw", "ecdsa-p256");
        office.authority("security", "minisign", "ed25519");
        office.keyring();
        for (String name : List.of("one.zip", "two.zip")) {
            Files.writeString(office.work().resolve(name), "content of " + name);
            office.run("sign", name, "--as", "jenkins", "--as", "qa").assertStatus(0);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        nginx.close();
    }

    @BeforeEach
    void publishAnew() throws IOException {
        try (var files = Files.list(nginx.files())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        // Into the folder that nginx gives out; over HTTP where a test is about that.
        var words = new ArrayList<>(
                List.of("publish", "one.zip", "two.zip", "--to", nginx.files().toString()));
        words.addAll(REQUIRED);
        office.run(words).assertStatus(0).assertSays("one.zip  published in");
    }

    private static Answer publish(boolean known, String... names) throws IOException {
        var words = new ArrayList<>(List.of("publish"));
        words.addAll(List.of(names));
        words.addAll(List.of(
                "--to", nginx.url(), "--place-certificate", nginx.certificate().toString()));
        words.addAll(REQUIRED);
        return run(known, words);
    }

    private Answer fetch(String name, List<String> required) throws IOException {
        var words = new ArrayList<>(List.of(
                "fetch",
                nginx.url() + "/" + name,
                "--output",
                installed.toString(),
                "--place-certificate",
                nginx.certificate().toString(),
                "--keyring",
                office.keyring().toString()));
        words.addAll(required);
        return office.run(words);
    }

    /// With the password or without.
    private static Answer run(boolean known, List<String> words) throws IOException {
        var environment = new HashMap<>(office.environment());
        if (known) {
            environment.putAll(Map.of("NETRC", nginx.netrc().toString()));
        }
        var command =
                new ArrayList<>(List.of(Office.PACKAGED.resolve("bin/chancery").toString()));
        command.addAll(words);
        return Answer.to(office.work(), environment, command);
    }

    private void assertRefused(String name, String why) throws IOException {
        fetch(name, REQUIRED).assertStatus(1).assertSays("REFUSED").assertSays(why);
        try (var files = Files.list(installed)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void whatWasPublishedIsInstalledByWhoDemandsBothAuthorities() throws IOException {
        for (String name : List.of("one.zip", "two.zip")) {
            fetch(name, REQUIRED).assertStatus(0).assertSays("ACCEPTED");
            assertEquals(-1, Files.mismatch(office.work().resolve(name), installed.resolve(name)));
            assertTrue(Files.exists(installed.resolve(name + ".jenkins.asc")));
            assertTrue(Files.exists(installed.resolve(name + ".qa.raw.sig")));
        }
        fetch("three.zip", REQUIRED).assertStatus(5).assertSays("has no three.zip");
    }

    @Test
    void whoKnowsThePasswordPublishesOverHttpAndNobodyElse() throws IOException {
        for (String suffix : List.of("", ".jenkins.asc", ".qa.raw.sig")) {
            Files.delete(nginx.files().resolve("one.zip" + suffix));
        }
        publish(false, "one.zip").assertStatus(4).assertSays("answers 401 to a PUT of");
        assertFalse(Files.exists(nginx.files().resolve("one.zip")));
        publish(true, "one.zip").assertStatus(0).assertSays("one.zip  published in");
        publish(true, "one.zip").assertStatus(0).assertSays("is there already");
        fetch("one.zip", REQUIRED).assertStatus(0);
    }

    @Test
    void whoHasAnotherCertificateIsNotBelieved() throws IOException {
        var words = new ArrayList<>(List.of("fetch", nginx.url() + "/one.zip", "--output", installed.toString()));
        words.addAll(REQUIRED);
        office.run(words).assertStatus(5).assertSays("does not answer");
    }

    @Test
    void aReplacedArtifactIsRefusedAndNotPublishedOver() throws IOException {
        Files.writeString(nginx.files().resolve("one.zip"), "replaced");
        assertRefused("one.zip", "jenkins's key did not sign this content");
        publish(true, "one.zip").assertStatus(4).assertSays("has another one.zip");
        assertEquals("replaced", Files.readString(nginx.files().resolve("one.zip")));
    }

    @Test
    void aMissingSignatureIsMissed() throws IOException {
        Files.delete(nginx.files().resolve("one.zip.qa.raw.sig"));
        assertRefused("one.zip", "still needs");
        fetch("one.zip", List.of("--require", "jenkins")).assertStatus(0);
    }

    @Test
    void signaturesOfAnotherPackageDoNotCount() throws IOException {
        for (String suffix : List.of(".jenkins.asc", ".qa.raw.sig")) {
            Files.copy(
                    nginx.files().resolve("two.zip" + suffix),
                    nginx.files().resolve("one.zip" + suffix),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        assertRefused("one.zip", "jenkins's key did not sign this content");
    }

    @Test
    void aFileThatNeverEndsIsNotASignature() throws IOException {
        Files.write(nginx.files().resolve("one.zip.qa.raw.sig"), new byte[(1 << 20) + 1]);
        fetch("one.zip", REQUIRED).assertStatus(3).assertSays("has more than 1048576 bytes");
        try (var files = Files.list(installed)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aRevokedKeysSignatureDoesNotCount() throws IOException {
        var other = Office.in(root.resolve("other"));
        other.run("key", "create", "jenkins", "--cycle", "a", "--start", "2026-01-01", "--end", "2036-01-01")
                .assertStatus(0);
        other.run("key", "rotate", "jenkins").assertStatus(0);
        Files.writeString(other.work().resolve("late.zip"), "late");
        other.run("sign", "late.zip", "--as", "jenkins").assertStatus(0);
        String[] published = {"publish", "late.zip", "--to", nginx.files().toString(), "--require", "jenkins"};
        other.run(published).assertStatus(0);
        var fetched = List.of(
                "fetch",
                nginx.url() + "/late.zip",
                "--output",
                installed.toString(),
                "--place-certificate",
                nginx.certificate().toString(),
                "--require",
                "jenkins");
        other.run(fetched).assertStatus(0);
        other.run("key", "revoke", "jenkins", "--reason", "compromised").assertStatus(0);
        Files.delete(installed.resolve("late.zip"));
        other.run(fetched).assertStatus(1).assertSays("revoked");
        other.run(published).assertStatus(1).assertSays("nothing was published");
    }

    /// What lies on a web server is signed there: it streams through, and only the signature is written.
    @Test
    void whatLiesThereIsSignedThere() throws IOException {
        Files.writeString(nginx.files().resolve("staged.zip"), "staged");
        var words = List.of(
                "sign-at",
                nginx.url() + "/staged.zip",
                "--as",
                "security",
                "--place-certificate",
                nginx.certificate().toString());
        run(false, words).assertStatus(4).assertSays("answers 401 to a PUT of");
        run(true, words).assertStatus(0).assertSays("staged.zip  signed: staged.zip.minisig");
        run(true, words).assertStatus(0).assertSays("staged.zip  is signed already");
        fetch("staged.zip", List.of("--require", "security")).assertStatus(0);
    }
}
