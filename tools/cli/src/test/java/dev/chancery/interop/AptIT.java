// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A small package repository, signed by the office in both ways that apt knows.
class AptIT {
    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void makeOffice() {
        StockTool.APT_GET.require();
        office = Office.in(root);
        office.authority("repo", "openpgp", "ed25519");
        office.authority("repo-rsa", "openpgp", "rsa-4096");
        office.authority("other", "openpgp", "ed25519");
    }

    /// `InRelease`: the index and its signature in one cleartext document.
    @ParameterizedTest
    @ValueSource(strings = {"repo", "repo-rsa"})
    void inRelease(String authority) throws Exception {
        Path repository = repository("in-" + authority);
        signInRelease(repository, authority);
        assertAccepted(repository, authority);
        assertRefused(repository, "other");
        Path document = repository.resolve("InRelease");
        Files.writeString(document, Files.readString(document).replace("Suite: test", "Suite: best"));
        assertRefused(repository, authority);
        Files.delete(document);
        assertRefused(repository, authority);
    }

    /// `Release` and an armored `Release.gpg` beside it.
    @ParameterizedTest
    @ValueSource(strings = {"repo", "repo-rsa"})
    void releaseGpg(String authority) throws Exception {
        Path repository = repository("gpg-" + authority);
        signReleaseGpg(repository, authority);
        assertAccepted(repository, authority);
        assertRefused(repository, "other");
        Path release = repository.resolve("Release");
        Files.writeString(release, Files.readString(release) + "Codename: other\n");
        assertRefused(repository, authority);
    }

    /// An index that its signed Release does not name is refused too, whoever signed.
    @ParameterizedTest
    @ValueSource(strings = "repo")
    void anIndexThatWasNotSigned(String authority) throws Exception {
        Path repository = repository("index");
        signInRelease(repository, authority);
        Files.writeString(repository.resolve("Packages"), "Package: mallory\n\n");
        assertRefused(repository, authority);
    }

    private static Path repository(String name) throws IOException, GeneralSecurityException {
        Path repository = Files.createDirectories(office.work().resolve(name));
        byte[] packages =
                "Package: a\nVersion: 1\nArchitecture: all\n\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Files.write(repository.resolve("Packages"), packages);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(packages));
        Files.writeString(
                repository.resolve("Release"),
                "Origin: Chancery\nSuite: test\nDate: Fri, 02 Jan 2026 03:04:05 UTC\nSHA256:\n %s %d Packages\n"
                        .formatted(digest, packages.length));
        return repository;
    }

    private static void signInRelease(Path repository, String authority) {
        office.run(
                        "sign",
                        repository.resolve("Release").toString(),
                        "--as",
                        authority,
                        "--encoding",
                        "cleartext",
                        "--output",
                        repository.resolve("InRelease").toString())
                .assertStatus(0);
    }

    private static void signReleaseGpg(Path repository, String authority) {
        office.run(
                        "sign",
                        repository.resolve("Release").toString(),
                        "--as",
                        authority,
                        "--output",
                        repository.resolve("Release.gpg").toString())
                .assertStatus(0);
    }

    private static void assertAccepted(Path repository, String authority) throws IOException {
        update(repository, authority).assertStatus(0);
    }

    private static void assertRefused(Path repository, String authority) throws IOException {
        update(repository, authority).assertFails();
    }

    /// Everything that apt reads or writes is below one new directory. `Error-Mode=any`: else apt exits with 0
    /// when an index was tampered with.
    private static Answer update(Path repository, String authority) throws IOException {
        Path apt = Files.createTempDirectory(root, "apt");
        for (String folder : List.of("state/lists/partial", "cache/archives/partial", "etc/preferences.d", "log")) {
            Files.createDirectories(apt.resolve(folder));
        }
        Path key = apt.resolve("key.gpg");
        Files.copy(office.certificate(authority), key, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(apt.resolve("status"), "");
        Files.writeString(
                apt.resolve("etc/sources.list"), "deb [signed-by=%s] file:%s ./\n".formatted(key, repository));
        var arguments = new ArrayList<String>();
        Map<String, String> options = Map.of(
                "Dir::State", apt.resolve("state").toString(),
                "Dir::State::status", apt.resolve("status").toString(),
                "Dir::Cache", apt.resolve("cache").toString(),
                "Dir::Log", apt.resolve("log").toString(),
                "Dir::Etc", apt.resolve("etc").toString(),
                "APT::Sandbox::User", "",
                "APT::Update::Error-Mode", "any",
                "Acquire::Languages", "none");
        options.forEach((name, value) -> arguments.addAll(List.of("-o", name + "=" + value)));
        arguments.add("update");
        return StockTool.APT_GET.run(apt, Map.of(), arguments, "");
    }
}
