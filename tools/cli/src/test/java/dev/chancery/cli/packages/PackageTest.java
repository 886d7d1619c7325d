// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.Main;
import dev.chancery.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `package build` and `package sign`.
class PackageTest {
    /// Of the tree below, on any machine.
    private static final String SHA_256 = "45a0fc0938c20748079527dd952445ca0fa4b0fdfdb6ac595c978c0a5b6ed031";

    @TempDir
    private Path directory;

    private Path tree;
    private Path built;

    private record Said(int status, String text) {
        Said is(int expected) {
            assertEquals(expected, status, text);
            return this;
        }

        Said says(String words) {
            assertTrue(text.contains(words), text);
            return this;
        }
    }

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
        Files.createDirectories(tree.resolve("docs/empty"));
        Files.writeString(
                tree.resolve("manifest.yml"), "format_version: 1.0.0\nname: apache\nversion: \"1.2.3\" # x\n");
        Files.writeString(tree.resolve("docs/README.md"), "# Apache\n");
        Path script = Files.writeString(tree.resolve("run.sh"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        built = Files.createDirectory(directory.resolve("built"));
    }

    private Said run(String... words) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, UTF_8);
        var environment = Map.of("CHANCERY_HOME", directory.resolve("office").toString());
        int status = Main.run(
                new Terminal(InputStream.nullInputStream(), stream, stream, environment, Clock.systemUTC()), words);
        return new Said(status, said.toString(UTF_8));
    }

    private Said build(String... more) {
        var words = new ArrayList<>(List.of("package", "build", tree.toString(), "--output", built.toString()));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private void makeOffice() {
        run("init").is(0);
        run("authority", "add", "release", "--format", "openpgp").is(0);
        run("authority", "add", "qa", "--format", "openpgp").is(0);
    }

    @Test
    void aPackageHasTheSameBytesOnEveryMachine() throws IOException {
        build().is(0).says(SHA_256 + "  built");
        Path script = tree.resolve("run.sh");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setLastModifiedTime(script, FileTime.from(Instant.EPOCH));
        build().is(0).says(SHA_256 + "  is there already");
        try (var zip = new ZipFile(built.resolve("apache-1.2.3.zip").toFile())) {
            assertEquals(
                    List.of(
                            "apache-1.2.3/docs/README.md",
                            "apache-1.2.3/docs/empty/",
                            "apache-1.2.3/manifest.yml",
                            "apache-1.2.3/run.sh"),
                    zip.stream().map(entry -> entry.getName()).toList());
        }
    }

    @Test
    void anotherPackageOfTheNameIsNotReplacedUnasked() throws IOException {
        build().is(0);
        Files.writeString(tree.resolve("docs/README.md"), "changed");
        build().is(3).says("is another package, and is not overwritten");
        build("--force").is(0).says("built");
        build().is(0).says("is there already");
    }

    @Test
    void itIsSignedAsRegistriesWantIt() throws IOException {
        makeOffice();
        build("--as", "release").is(0).says("signed as release");
        Path signature = built.resolve("apache-1.2.3.zip.sig");
        assertTrue(Files.readString(signature).startsWith("-----BEGIN PGP SIGNATURE-----"));
        String zip = built.resolve("apache-1.2.3.zip").toString();
        run("verify", zip, "--require", "release").is(0);
        Files.delete(signature);
        run("package", "sign", zip, "--as", "release").is(0);
        run("verify", zip, "--require", "release").is(0);
        run("package", "sign", zip, "--as", "release", "--as", "qa").is(0);
        assertTrue(Files.exists(built.resolve("apache-1.2.3.zip.qa.sig")));
        run("verify", zip, "--require", "2:release,qa").is(0);
    }

    /// As `make` is run again.
    @Test
    void givenAgainItKeepsWhatIsGood() throws IOException {
        makeOffice();
        build("--as", "release").is(0);
        Path signature = built.resolve("apache-1.2.3.zip.sig");
        String made = Files.readString(signature);
        build("--as", "release").is(0).says("is there already").says("signed as release");
        assertEquals(made, Files.readString(signature));
        build("--as", "qa").is(3).says("apache-1.2.3.zip.sig exists and is not overwritten");
        assertEquals(made, Files.readString(signature));

        build("--as", "release", "--as", "qa").is(0);
        Path byQa = built.resolve("apache-1.2.3.zip.qa.sig");
        String kept = Files.readString(built.resolve("apache-1.2.3.zip.release.sig"));
        Files.delete(byQa);
        build("--as", "release", "--as", "qa").is(0);
        assertTrue(Files.exists(byQa), "what was missing is made");
        assertEquals(kept, Files.readString(built.resolve("apache-1.2.3.zip.release.sig")));

        Files.writeString(tree.resolve("docs/README.md"), "changed");
        build("--force").is(0);
        build("--as", "release").is(3).says("exists and is not overwritten");
        build("--as", "release", "--force").is(0);
        run("verify", built.resolve("apache-1.2.3.zip").toString(), "--require", "release")
                .is(0);
    }

    @Test
    void theAnswerInJsonNamesItsDigest() {
        build("--json").is(0).says("\"sha256\": \"" + SHA_256 + "\"").says("\"written\": true");
        build("--json").is(0).says("\"written\": false");
    }

    @ParameterizedTest
    @CsvSource({
        "'name: a\nversion: 1', a-1",
        "'name: \"a\"\nversion: ''1''', a-1",
        "'version: 1\r\nname: a  # c\r\n', a-1",
    })
    void theManifestSaysNameAndVersion(String manifest, String called) throws IOException {
        Files.writeString(tree.resolve("manifest.yml"), manifest);
        build().is(0).says(called + ".zip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name: a", "  name: a\nversion: 1", "name: &x a b\nversion: 1", ""})
    void whatNobodySaysIsAskedFor(String manifest) throws IOException {
        Files.writeString(tree.resolve("manifest.yml"), manifest);
        build().is(2).says("say --called NAME-VERSION");
        build("--called", "tool-1").is(0).says("tool-1.zip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a-1", "-a", ".a", "a b", "a/b", ""})
    void aNameIsAFileNames(String called) {
        build("--called", called).is(3).says("is not 1 to 200 letters");
    }

    @Test
    void namesHaveTwoHundredCharacters() {
        build("--called", "a".repeat(200)).is(0);
        build("--called", "a".repeat(201)).is(3);
    }

    @Test
    void whatAPackageCannotHoldIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(tree.resolve("link"), Path.of("manifest.yml"));
        build().is(3).says("holds the link \"link\"");
        assertFalse(Files.exists(built.resolve("apache-1.2.3.zip")));
        Files.delete(link);
        Path empty = Files.createDirectory(directory.resolve("none"));
        run("package", "build", empty.toString(), "--called", "a-1", "--output", built.toString())
                .is(3)
                .says("holds no file");
        run("package", "build", tree.resolve("run.sh").toString()).is(3).says("is not a directory");
        run("package", "build", tree.toString(), "--output", tree.toString())
                .is(3)
                .says("would lie in what it is made of");
        try (var files = Files.list(built)) {
            assertEquals(List.of(), files.toList());
        }
    }
}
